import { doneForm, reassignForm, skipForm } from '../../views/playbooks/task-forms.ts'
import { applyToTask } from '../../work/playbooks/change-task.ts'
import { assignablePeople } from '../alerts/assignee.ts'
import type { ButtonHandler } from '../button-handler.ts'
import { openTaskForm } from './open-task-form.ts'
import { openAddTask } from './task-add.ts'

/** Buttons whose value is the id of a task, or the ids of several, of which the form asks for one. */

export const taskAcknowledge: ButtonHandler = {
  action: 'task-acknowledge',
  press: async (context, { actor, value }) => ({
    kind: 'card',
    card: await applyToTask(context, actor, value, { kind: 'acknowledge' }),
    audience: 'caller',
  }),
}

export const taskDoneButton: ButtonHandler = {
  action: 'task-done',
  press: (context, press) => openTaskForm(context, press, doneForm),
}

export const taskSkipButton: ButtonHandler = {
  action: 'task-skip',
  press: (context, press) => openTaskForm(context, press, skipForm),
}

export const taskReassignButton: ButtonHandler = {
  action: 'task-reassign',
  press: (context, press) =>
    openTaskForm(context, press, async (tasks, state) => reassignForm(tasks, await assignablePeople(context), state)),
}

/** Its value is the account's id. */
export const taskAddButton: ButtonHandler = {
  action: 'task-add',
  press: (context, press) => openAddTask(context, press, press.value),
}

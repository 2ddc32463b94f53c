import { z } from 'zod'
import { doneForm, skipForm } from '../../views/playbooks/task-forms.ts'
import { applyToTask } from '../../work/playbooks/change-task.ts'
import { taskForm, taskOf, whichTask } from './task-form.ts'

export const taskDone = taskForm({
  id: 'task-done',
  values: withNote('Say in one sentence what the outcome was.'),
  fields: (_context, tasks) => doneForm(tasks),
  submit: async (context, filled) => {
    const change = { kind: 'done', note: filled.values.note } as const
    return { kind: 'card', card: await applyToTask(context, filled.caller, taskOf(filled), change) }
  },
})

export const taskSkip = taskForm({
  id: 'task-skip',
  values: withNote('Say in one sentence why it is skipped.'),
  fields: (_context, tasks) => skipForm(tasks),
  submit: async (context, filled) => {
    const change = { kind: 'skip', note: filled.values.note } as const
    return { kind: 'card', card: await applyToTask(context, filled.caller, taskOf(filled), change) }
  },
})

/** Both ends of a task ask for a sentence that others will read. */
function withNote(ask: string) {
  return z.object({
    task: whichTask,
    note: z.string(ask).trim().min(3, ask).max(2_000, 'Keep it within 2,000 characters.'),
  })
}

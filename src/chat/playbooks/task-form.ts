import * as z from 'zod'
import { hasEnded, type Task } from '../../domain/playbooks/task.ts'
import { readTasks } from '../../store/playbooks/tasks.ts'
import { unchangedTaskCard } from '../../views/playbooks/task-answers.ts'
import { tasksVisibleTo } from '../../work/alerts/visible-to.ts'
import { identify } from '../../work/people/identify.ts'
import { noTask } from '../../work/playbooks/change-task.ts'
import type { ButtonHandler } from '../button-handler.ts'
import { type Filled, type FormParts, form } from '../form.ts'

/** The one task that a form is about; absent where the form itself asks which. */
const state = z.object({ task: z.string().optional() })
type State = z.infer<typeof state>

type Parts<Values> = Pick<FormParts<State, Values, readonly Task[]>, 'id' | 'values' | 'fields' | 'submit'>

/** A button whose value is the id of a task, or the ids of several, of which the form asks for one. */
export function taskForm<Values>(parts: Parts<Values>) {
  const { open, submit } = form({
    ...parts,
    act: 'task.change',
    state,
    closed: 'Use /health tasks.',
    subject: (_context, { state, values: { task = '' } }) => subjectOf(state.task ?? String(task)),
  })
  const press: ButtonHandler = async (context, { actor, value, canOpenForm }) => {
    const { db } = context.connection
    const caller = await identify(context, actor)
    const now = context.clock()
    const ids = value.split(',')
    const tasks = await tasksVisibleTo(db, caller, await readTasks(db, { ids }), now)
    const [first] = tasks
    if (first === undefined) throw noTask()
    const left = tasks.filter(task => !hasEnded(task))
    return open(context, canOpenForm, {
      caller,
      subject: subjectOf(ids[0] ?? ''),
      about: left,
      state: { task: left.length === 1 ? left[0]?.id : undefined },
      instead: left.length === 0 ? unchangedTaskCard(first, 'Somebody', first.endedAt ?? now, now) : undefined,
    })
  }
  return { press, submit }
}

/** For the values of a form that may have to ask which task. */
export const whichTask = z.string('Choose a task.').optional()

/** The task that a form was about, or that was chosen in it. */
export function taskOf({ state, values }: Filled<State, { readonly task?: string | undefined }>): string {
  const task = state.task ?? values.task
  if (task === undefined) throw noTask()
  return task
}

function subjectOf(id: string) {
  return { subject: `task:${id}` }
}

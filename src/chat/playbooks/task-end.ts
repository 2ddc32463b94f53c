import * as z from 'zod'
import type { Task } from '../../domain/playbooks/task.ts'
import type { FormId, FormView } from '../../views/form.ts'
import { doneForm, skipForm } from '../../views/playbooks/task-forms.ts'
import { identify } from '../../work/people/identify.ts'
import { applyToTask } from '../../work/playbooks/change-task.ts'
import type { ButtonHandler } from '../button-handler.ts'
import { taskForm, taskOf, whichTask } from './task-form.ts'

const SHORT = 'Keep it within 2,000 characters.'
const WHY = 'Say in one sentence why it is skipped.'

/** The outcome may be said; why something is skipped has to be. */
const done = ending('task-done', 'done', z.string(SHORT).trim().max(2_000, SHORT).default(''), doneForm)
export const taskSkip = ending('task-skip', 'skip', z.string(WHY).trim().min(3, WHY).max(2_000, SHORT), skipForm)

/** One task is done with the press; of several the form asks which. */
const press: ButtonHandler = async (context, pressed) => {
  if (pressed.value.includes(',')) return done.press(context, pressed)
  const caller = await identify(context, pressed.actor)
  const card = await applyToTask(context, caller, pressed.value, { kind: 'done' })
  return { kind: 'card', card, audience: 'caller', isResult: true }
}

export const taskDone = { press, pressForNote: done.press, submit: done.submit }

function ending(
  id: FormId,
  kind: 'done' | 'skip',
  note: z.ZodType<string>,
  view: (tasks: readonly Task[]) => FormView,
) {
  return taskForm({
    id,
    values: z.object({ task: whichTask, note }),
    fields: (_context, tasks) => view(tasks),
    submit: async (context, filled) => {
      const { note } = filled.values
      const change = kind === 'skip' ? { kind, note } : { kind, ...(note !== '' && { note }) }
      return { kind: 'card', card: await applyToTask(context, filled.caller, taskOf(filled), change), isResult: true }
    },
  })
}

import { z } from 'zod'
import type { Task } from '../../domain/playbooks/task.ts'
import type { FormId, FormView } from '../../views/form.ts'
import { doneForm, skipForm } from '../../views/playbooks/task-forms.ts'
import { applyToTask } from '../../work/playbooks/change-task.ts'
import { taskForm, taskOf, whichTask } from './task-form.ts'

export const taskDone = ending('task-done', 'done', 'Say in one sentence what the outcome was.', doneForm)
export const taskSkip = ending('task-skip', 'skip', 'Say in one sentence why it is skipped.', skipForm)

/** Both ends of a task ask for a sentence that others will read. */
function ending(id: FormId, kind: 'done' | 'skip', ask: string, view: (tasks: readonly Task[]) => FormView) {
  return taskForm({
    id,
    values: z.object({
      task: whichTask,
      note: z.string(ask).trim().min(3, ask).max(2_000, 'Keep it within 2,000 characters.'),
    }),
    fields: (_context, tasks) => view(tasks),
    submit: async (context, filled) => {
      const change = { kind, note: filled.values.note }
      return { kind: 'card', card: await applyToTask(context, filled.caller, taskOf(filled), change), isResult: true }
    },
  })
}

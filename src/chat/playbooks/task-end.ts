import { z } from 'zod'
import { applyToTask } from '../../work/playbooks/change-task.ts'
import type { FormHandler } from '../form-handler.ts'
import { sentencesOf, taskOfForm } from './open-task-form.ts'

export const taskDone = ending('task-done', 'done', 'Say in one sentence what the outcome was.')
export const taskSkip = ending('task-skip', 'skip', 'Say in one sentence why it is skipped.')

/** Both ends of a task ask for a sentence that others will read. */
function ending(id: string, kind: 'done' | 'skip', ask: string): FormHandler {
  const schema = z.object({
    task: z.string('Choose a task.').optional(),
    note: z.string(ask).trim().min(3, ask).max(2_000, 'Keep it within 2,000 characters.'),
  })
  return {
    id,
    async submit(context, { actor, state, values }) {
      const parsed = schema.safeParse(values)
      if (!parsed.success) return { kind: 'errors', errors: sentencesOf(parsed.error) }
      const { task, note } = parsed.data
      return { kind: 'card', card: await applyToTask(context, actor, taskOfForm(state, task), { kind, note }) }
    },
  }
}

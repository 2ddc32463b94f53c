import { z } from 'zod'
import { applyToTask } from '../operations/change-task.ts'
import { findPersonOrNone } from '../store/people.ts'
import type { FormHandler } from './form-handler.ts'
import { sentencesOf, taskOfForm } from './open-task-form.ts'

const schema = z.object({
  task: z.string('Choose a task.').optional(),
  to: z.string('Choose who shall do it.').trim().min(1, 'Choose who shall do it.'),
})

export const taskReassign: FormHandler = {
  id: 'task-reassign',
  async submit(context, { actor, state, values }) {
    const parsed = schema.safeParse(values)
    if (!parsed.success) return { kind: 'errors', errors: sentencesOf(parsed.error) }
    const { task, to } = parsed.data
    const person = await findPersonOrNone(context.connection.db, to)
    if (person === undefined) return { kind: 'errors', errors: { to: strangerText(to) } }
    const change = { kind: 'reassign' as const, to: person.email }
    return { kind: 'card', card: await applyToTask(context, actor, taskOfForm(state, task), change) }
  },
}

export function strangerText(to: string): string {
  return `I know nobody called ${to}. An admin can add them with \`rounds import people\`.`
}

import { z } from 'zod'
import { applyToTask } from '../../work/playbooks/change-task.ts'
import { chooseAssignee } from '../alerts/assignee.ts'
import type { FormHandler } from '../form-handler.ts'
import { sentencesOf, taskOfForm } from './open-task-form.ts'

const schema = z.object({
  task: z.string('Choose a task.').optional(),
  to: z.string('Choose who should do it.').trim().min(1, 'Choose who should do it.'),
})

export const taskReassign: FormHandler = {
  id: 'task-reassign',
  async submit(context, { actor, state, values }) {
    const parsed = schema.safeParse(values)
    if (!parsed.success) return { kind: 'errors', errors: sentencesOf(parsed.error) }
    const { task, to } = parsed.data
    const chosen = await chooseAssignee(context, to)
    if ('refusal' in chosen) return { kind: 'errors', errors: { to: chosen.refusal } }
    const change = { kind: 'reassign' as const, to: chosen.person.email }
    return { kind: 'card', card: await applyToTask(context, actor, taskOfForm(state, task), change) }
  },
}

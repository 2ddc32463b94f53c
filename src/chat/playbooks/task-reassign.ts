import * as z from 'zod'
import { reassignForm } from '../../views/playbooks/task-forms.ts'
import { applyToTask } from '../../work/playbooks/change-task.ts'
import { assignablePeople, chooseAssignee } from '../alerts/assignee.ts'
import { wrong } from '../form.ts'
import { taskForm, taskOf, whichTask } from './task-form.ts'

const ASK = 'Choose who should do it.'

export const taskReassign = taskForm({
  id: 'task-reassign',
  values: z.object({ task: whichTask, to: z.string(ASK).trim().min(1, ASK) }),
  fields: async (context, tasks) => reassignForm(tasks, await assignablePeople(context)),
  async submit(context, filled) {
    const chosen = await chooseAssignee(context, filled.values.to)
    if ('refusal' in chosen) return wrong('to', chosen.refusal)
    const change = { kind: 'reassign', to: chosen.person.email } as const
    return { kind: 'card', card: await applyToTask(context, filled.caller, taskOf(filled), change), isResult: true }
  },
})

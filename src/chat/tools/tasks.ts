import { z } from 'zod'
import { taskDocument } from '../../documents/task.ts'
import { mostUrgentFirst } from '../../domain/playbooks/task.ts'
import { findTaskOrNone, readTasks } from '../../store/playbooks/tasks.ts'
import { tasksCard } from '../../views/playbooks/task-card.ts'
import { tasksFor } from '../../work/alerts/confidences.ts'
import { applyToTask } from '../../work/playbooks/change-task.ts'
import { findOneAccount } from '../accounts/find-account.ts'
import { ACCOUNT } from './account-argument.ts'
import { acting, reading } from './tool.ts'

export const tasks = reading({
  name: 'tasks',
  title: 'Open tasks',
  description:
    'The open tasks of the person who asks, or of one account, the most urgent first. Use it for "what do I have to do?".',
  input: { account: ACCOUNT.optional(), limit: z.number().int().min(1).max(50).default(20) },
  async run({ connection }, { input: { account, limit }, caller, now }) {
    const { db } = connection
    const found = account === undefined ? undefined : await findOneAccount(connection, account, now)
    const filter = found === undefined ? { assignee: caller.email ?? '' } : { account: found.key }
    const seen = await tasksFor(db, caller, await readTasks(db, { ...filter, isOpen: true }), now)
    const shown = seen.toSorted(mostUrgentFirst).slice(0, limit)
    return {
      card: tasksCard(found === undefined ? 'Your tasks' : `Tasks for ${found.name}`, shown, now, 'Nothing to do.'),
      data: { tasks: shown.map(task => taskDocument(task, now)), total: seen.length },
    }
  },
})

export const completeTask = acting({
  name: 'complete_task',
  title: 'Complete a task',
  description: 'Marks a task as done, with one sentence on its outcome.',
  input: {
    task: z.string().min(1).max(100).describe('The id of a task, as `tasks` gives it.'),
    outcome: z.string().trim().min(3, 'Say in one sentence what the outcome was').max(2_000),
  },
  async run(context, { input: { task: id, outcome }, caller, now }) {
    const before = await findTaskOrNone(context.connection.db, id)
    const card = await applyToTask(context, caller, id, { kind: 'done', note: outcome })
    const after = await findTaskOrNone(context.connection.db, id)
    const was = { state: before?.state ?? null, assignee: before?.assignee?.email ?? null }
    const isDone = before?.state !== after?.state
    return { card, data: { done: isDone, before: was, task: after === undefined ? null : taskDocument(after, now) } }
  },
})

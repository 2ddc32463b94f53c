import * as z from 'zod'
import { taskDocument } from '../../documents/task.ts'
import { mostUrgentFirst } from '../../domain/playbooks/task.ts'
import { readTasks } from '../../store/playbooks/tasks.ts'
import { tasksCard } from '../../views/playbooks/task-card.ts'
import { tasksVisibleTo } from '../../work/alerts/visible-to.ts'
import { changeTaskAs } from '../../work/playbooks/change-task.ts'
import { findOneAccount } from '../accounts/find/find-account.ts'
import { ownerMeant } from '../portfolio/owner-meant.ts'
import { ACCOUNT } from './arguments/account.ts'
import { OWNER } from './arguments/owner.ts'
import { PAGE, paged } from './arguments/page.ts'
import { acting, reading } from './tool.ts'

const ANYONE = 'anyone'

export const tasks = reading({
  name: 'tasks',
  title: 'Open tasks',
  description:
    'Open tasks, the most urgent first: those of the person who asks, of somebody else, of all, or of one account. Use it for "what do I have to do?", "what is overdue?" and "what is open for Acme?".',
  input: {
    account: ACCOUNT.optional(),
    assignee: OWNER.optional().describe(
      'Whose: an e-mail, a name, "me", or "anyone". "me" if left out, "anyone" with an account.',
    ),
    overdue: z.boolean().default(false).describe('Only those whose time is over.'),
    ...PAGE,
  },
  async run(context, { use, input: { account, assignee, overdue, ...page }, caller, now }) {
    const { connection } = context
    const { db } = connection
    const found = account === undefined ? undefined : await findOneAccount(connection, account, now)
    const whose = assignee ?? (found === undefined ? 'me' : ANYONE)
    const person = whose.toLowerCase() === ANYONE ? undefined : await ownerMeant(context, use.actor, whose)
    const filter = {
      ...(found !== undefined && { account: found.key }),
      ...(person !== undefined && { assignee: person.email }),
      ...(overdue && { dueBefore: now }),
    }
    const seen = await tasksVisibleTo(db, caller, await readTasks(db, { ...filter, isOpen: true }), now)
    const { shown, total, next } = paged(seen.toSorted(mostUrgentFirst), page)
    const title = found === undefined ? 'Tasks' : `Tasks for ${found.name}`
    return {
      card: tasksCard(person?.isCaller && found === undefined ? 'Your tasks' : title, shown, now, 'Nothing to do.'),
      data: { tasks: shown.map(task => taskDocument(task, now)), total, next },
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
    const change = { kind: 'done', note: outcome } as const
    const { card, before, after, won } = await changeTaskAs(context, caller, id, change)
    const was = { state: before.state, assignee: before.assignee?.email ?? null }
    return { card, subject: `task:${id}`, data: { done: won, before: was, task: taskDocument(after, now) } }
  },
})

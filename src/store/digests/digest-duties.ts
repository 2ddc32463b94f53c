import { isConfidential } from '../../domain/alerts/confidential.ts'
import type { OverdueTask } from '../../domain/digests/digest-account.ts'
import { groupedBy } from '../../domain/grouped.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

/** The tasks that were not done in time as of an instant, by the account's key; without what is confidential. */
export async function readOverdueTasks(db: Db, at: Instant): Promise<Map<number, OverdueTask[]>> {
  const rows = await db
    .selectFrom('tasks')
    .leftJoin('people', 'people.email', 'tasks.assignee')
    .leftJoin('playbook_runs', 'playbook_runs.id', 'tasks.run')
    .leftJoin('alerts', 'alerts.id', 'playbook_runs.alert')
    .select(['tasks.id', 'tasks.account', 'title', 'due_at', 'assignee', 'people.name', 'alerts.kind as alert'])
    .where('created_at', '<=', at)
    .where('due_at', '<', at)
    .where(({ eb, or }) => or([eb('ended_at', 'is', null), eb('ended_at', '>', at)]))
    .orderBy('due_at')
    .orderBy('tasks.id')
    .execute()
  const open = rows.filter(({ alert }) => alert === null || !isConfidential(alert))
  const tasks = groupedBy(open, ({ account }) => account)
  return new Map(
    [...tasks].map(([account, of]) => [
      account,
      of.map(({ id, title, due_at, assignee, name }) => ({
        id,
        title,
        dueAt: due_at,
        ...(assignee !== null && { assignee: name ?? assignee }),
      })),
    ]),
  )
}

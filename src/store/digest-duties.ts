import type { OverdueTask } from '../domain/digest-account.ts'
import { groupedBy } from '../domain/grouped.ts'
import type { Instant } from '../domain/instant.ts'
import type { Db } from './tables.ts'

/** The tasks that were not done in time as of an instant, by the account's key. */
export async function readOverdueTasks(db: Db, at: Instant): Promise<Map<number, OverdueTask[]>> {
  const rows = await db
    .selectFrom('tasks')
    .leftJoin('people', 'people.email', 'tasks.assignee')
    .select(['tasks.id', 'account', 'title', 'due_at', 'assignee', 'people.name'])
    .where('created_at', '<=', at)
    .where('due_at', '<', at)
    .where(({ eb, or }) => or([eb('ended_at', 'is', null), eb('ended_at', '>', at)]))
    .orderBy('due_at')
    .orderBy('tasks.id')
    .execute()
  const tasks = groupedBy(rows, ({ account }) => account)
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

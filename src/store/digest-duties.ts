import type { OverdueTask } from '../domain/digest-account.ts'
import { groupedBy } from '../domain/grouped.ts'
import { DAY, type Duration, type Instant } from '../domain/instant.ts'
import { PULSE_METRIC } from '../domain/pulse.ts'
import type { Db } from './tables.ts'
import { weekOf } from './week.ts'

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

/** The accounts that somebody rated since. One look-up an account and week, however many signals lie between. */
export async function accountsWithPulse(db: Db, at: Instant, within: Duration): Promise<ReadonlySet<number>> {
  const first = weekOf(at - within)
  const weeks = Array.from({ length: weekOf(at) - first + 1 }, (_, index) => first + index)
  const rows = await db
    .selectFrom('accounts')
    .select('accounts.key')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('signals')
          .select('signals.id')
          .where('signals.week', 'in', weeks)
          .whereRef('signals.account', '=', 'accounts.key')
          .where('signals.metric', '=', selectFrom('metrics').select('metrics.key').where('name', '=', PULSE_METRIC))
          .where('signals.observed_at', '>', at - within)
          .where('signals.observed_at', '<=', at)
          .where('signals.received_at', '<=', at),
      ),
    )
    .execute()
  return new Set(rows.map(({ key }) => key))
}

/** Owners rate their accounts once in so long. */
export const PULSE_CADENCE: Duration = 30 * DAY

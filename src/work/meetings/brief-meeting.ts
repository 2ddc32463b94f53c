import type { Context } from '../../context.ts'
import { mostUrgentFirst } from '../../domain/alerts/alert-kind.ts'
import { maySee } from '../../domain/alerts/confidential.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { readBookOf } from '../../store/home/book.ts'
import { openTasksOf } from '../../store/playbooks/tasks.ts'
import type { BriefedMeeting } from '../../views/meetings/meetings-card.ts'
import { tasksVisibleTo } from '../alerts/visible-to.ts'
import type { Caller } from '../people/identify.ts'
import type { CustomerMeeting } from './customers-met.ts'

/** What somebody should know of a customer before they meet, as far as they may see it. */
export async function briefMeeting(
  { connection: { db } }: Pick<Context, 'connection'>,
  reader: Caller,
  { meeting, account }: CustomerMeeting,
  now: Instant,
): Promise<readonly BriefedMeeting[]> {
  const tasks = await tasksVisibleTo(db, reader, await openTasksOf(db, account.key), now)
  return (await readBookOf(db, [account.key], now)).map(line => {
    const { owner } = line
    const alerts = line.alerts.filter(({ kind, claimedBy: holder }) => maySee(reader, { kind, owner, holder }))
    return { meeting, line: { ...line, alerts: alerts.toSorted(mostUrgentFirst) }, tasks: tasks.length }
  })
}

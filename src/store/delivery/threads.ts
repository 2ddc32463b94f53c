import { type Destination, isSameDestination } from '../../domain/delivery/destination.ts'
import { destinationOf } from '../destinations/destination-columns.ts'
import type { Db } from '../tables.ts'

/** A destination, and the message there that begins the thread. */
export type Thread = { readonly to: Destination; readonly head: number }

/** Where an alert was posted: for each destination, the message that begins its thread. */
export async function threadsOfAlert(db: Db, alert: string): Promise<Thread[]> {
  const rows = await db
    .selectFrom('outbox')
    .innerJoin('outbox_alerts', 'outbox_alerts.message', 'outbox.id')
    .select(['outbox.id', 'head', 'platform', 'to_channel', 'to_person'])
    .where('outbox_alerts.alert', '=', alert)
    .where('outbox.subject', '=', 'alert')
    .orderBy('outbox.id')
    .execute()
  const threads = rows.map(({ id, head, ...to }) => ({ to: destinationOf(to), head: head ?? id }))
  return threads.filter(({ to }, at) => threads.findIndex(other => isSameDestination(other.to, to)) === at)
}

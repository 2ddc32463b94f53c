import type { Connection } from '../../store/engine/engine.ts'
import type { Received, Reception } from '../http/intake.ts'
import { receiveBody, type SentBody } from '../http/receive-body.ts'
import { type EventReading, openEvents } from './receive-events.ts'

/** A body of events; all of it but its bytes is plain data. */
export type SentEvents = SentBody & Pick<Reception, 'facts'> & { readonly reading: Omit<EventReading, 'countUnread'> }

/** What became of them, and how often each came that becomes no metric. */
export type ReceivedEvents = { readonly received: Received; readonly unread: ReadonlyMap<string, number> }

export async function receiveEvents(connection: Connection, events: SentEvents): Promise<ReceivedEvents> {
  const { now, facts, reading } = events
  const unread = new Map<string, number>()
  const countUnread = (name: string) => unread.set(name, (unread.get(name) ?? 0) + 1)
  const intake = openEvents({ connection, now, facts }, { ...reading, countUnread })
  return { received: await receiveBody({ connection }, intake, events), unread }
}

import type { Instant } from '../../domain/time/instant.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { addSourceEvents } from '../../store/webhooks/source-events.ts'
import { saveLinks } from '../../store/webhooks/source-links.ts'
import { placeWaiting } from './place-waiting.ts'
import type { SourceEvent } from './source.ts'

/**
 * Keeps what a source told, and what follows from it, in one transaction: once it resolves it is on the disk. What is told
 * twice, late or out of order ends in the same signals; what belongs to no account yet waits for it.
 */
export async function receiveEvents(
  connection: Connection,
  source: string,
  events: readonly SourceEvent[],
  now: Instant,
): Promise<void> {
  if (events.length === 0) return
  await inTransaction(connection.db, async db => {
    const links = events.flatMap(({ external, reference }) =>
      external === undefined || reference === undefined ? [] : [{ external, reference }],
    )
    await saveLinks(db, source, links)
    const told = events.flatMap(({ fact, ...event }) => (fact === undefined ? [] : [{ ...event, fact }]))
    const ids = await addSourceEvents(db, source, told, now)
    const externals = links.map(({ external }) => external)
    await placeWaiting({ ...connection, db }, source, now, { ids, externals })
  })
}

import type { Context } from '../../context.ts'
import { placesOfAdmins } from '../../delivery/notify-admins.ts'
import { groupedBy } from '../../domain/grouped.ts'
import { silences } from '../../domain/sources/silence.ts'
import { DAY } from '../../domain/time/instant.ts'
import { namedFacts } from '../../model/named-facts.ts'
import { addMessage } from '../../store/delivery/outbox.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { readFeeds } from '../../store/sources/feeds.ts'
import { silentSourceCard } from '../../views/sources/silent-source-card.ts'

/** Tells the admins once, for each time that a source stops, what no longer comes in. */
export async function announceSilence(context: Context): Promise<void> {
  const { connection, settings, clock } = context
  const now = clock()
  const read = namedFacts(settings).metrics
  const silent = silences(await readFeeds(connection.db), now).filter(({ metric }) => read.has(metric))
  if (silent.length === 0) return
  const bySource = groupedBy(silent, ({ sources }) => sources.join(', '))
  await inTransaction(connection.db, async db => {
    for (const to of await placesOfAdmins(db, context)) {
      for (const [source, metrics] of bySource) {
        const stoppedOn = Math.max(...metrics.map(({ newestAt }) => Math.floor(newestAt / DAY) * DAY))
        const key = { subject: { of: 'source', id: source }, purpose: 'silent', number: stoppedOn } as const
        const card = silentSourceCard(settings.model, source, metrics)
        await addMessage(db, { ...key, to, card, alerts: [], at: now })
      }
    }
  })
  context.wakeSender()
}

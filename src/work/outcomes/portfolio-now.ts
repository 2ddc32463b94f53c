import type { Model } from '../../domain/model/model.ts'
import type { Portfolio } from '../../domain/outcomes/trust/trust.ts'
import { outline } from '../../domain/scoring/outline.ts'
import { reachOf } from '../../domain/scoring/reach.ts'
import { announcedVerdict, UNKNOWN } from '../../domain/scoring/settle.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { listCustomers } from '../../store/accounts/account-list.ts'
import { announcedStatusesAt } from '../../store/digests/announced.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { observeAccounts } from '../../store/scoring/observations.ts'

/** How many customers have a verdict, as people see it, how many of those are healthy, and what they all score. */
export async function portfolioNow(
  connection: Connection,
  model: Model,
  now: Instant,
): Promise<Portfolio & { readonly shown: readonly number[] }> {
  let healthy = 0
  const shown: number[] = []
  const customers = await listCustomers(connection.db)
  for await (const { entries, observed } of observeAccounts(connection, customers, reachOf([model], now))) {
    const announced = await announcedStatusesAt(
      connection.db,
      now,
      entries.map(({ key }) => key),
    )
    for (const entry of entries) {
      const today = outline(model, observed(entry), now)
      const last = announced.get(entry.key)
      const verdict = announcedVerdict(today, last?.model === model.version ? last.verdict : undefined)
      if (verdict === UNKNOWN) continue
      shown.push(today.score?.shown ?? 0)
      if (model.bands.find(({ id }) => id === verdict)?.role === 'healthy') healthy += 1
    }
  }
  return { withVerdict: shown.length, healthy, shown }
}

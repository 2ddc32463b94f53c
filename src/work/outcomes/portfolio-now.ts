import type { Model } from '../../domain/model/model.ts'
import type { Portfolio } from '../../domain/outcomes/trust.ts'
import { windowsOf } from '../../domain/scoring/reading.ts'
import { allMeasures, assess } from '../../domain/scoring/score.ts'
import { announcedVerdict, UNKNOWN } from '../../domain/scoring/settle.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { listCustomers } from '../../store/accounts/account-list.ts'
import { announcedStatusesAt } from '../../store/digests/announced.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { observeAccounts } from '../../store/scoring/observations.ts'
import { slices } from '../../store/slices.ts'

const BATCH = 1_000

/** How many customers have a verdict, as people see it, and how many of those are healthy. */
export async function portfolioNow(connection: Connection, model: Model, now: Instant): Promise<Portfolio> {
  const windows = allMeasures(model).flatMap(measure => windowsOf(measure, now))
  let [withVerdict, healthy] = [0, 0]
  for (const batch of slices(await listCustomers(connection.db), BATCH)) {
    const keys = batch.map(({ key }) => key)
    const range = { first: keys[0] ?? 0, last: keys.at(-1) ?? -1 }
    const observe = await observeAccounts(connection, range, windows, now)
    const announced = await announcedStatusesAt(connection.db, now, keys)
    for (const key of keys) {
      const today = await observe(key, observed => assess(model, observed, now))
      const last = announced.get(key)
      const verdict = announcedVerdict(today, last?.model === model.version ? last.verdict : undefined)
      if (verdict === UNKNOWN) continue
      withVerdict += 1
      if (model.bands.find(({ id }) => id === verdict)?.role === 'healthy') healthy += 1
    }
  }
  return { withVerdict, healthy }
}

import { silences } from '../../domain/sources/silence.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { readFeeds } from '../../store/sources/feeds.ts'
import type { Db } from '../../store/tables.ts'

/** The metrics that stopped coming in for everybody, as of an instant. */
export async function silentMetrics(db: Db, at: Instant): Promise<ReadonlySet<string>> {
  return new Set(silences(await readFeeds(db), at).map(({ metric }) => metric))
}

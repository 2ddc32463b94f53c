import { DAY, type Day, dayOf, type Instant } from '../domain/time/instant.ts'
import type { Digest } from '../model/digests.ts'
import type { Settings } from '../model/settings.ts'
import type { Connection } from '../store/engine/engine.ts'
import { clearDue, readDueAccounts } from '../store/scoring/due-accounts.ts'
import { buildDigest, recordAsAnnounced } from '../work/digests/build-digest.ts'
import { scoringDay, scoringInstant } from '../work/schedule/slots.ts'
import { fillHistory } from '../work/scoring/fill-history.ts'

export const DEMO_DAYS = 120

/** The scorings of the demo's days, oldest first; the last is the morning that everybody looks at. */
export function demoInstants({ routes }: Settings, endsOn: Day): Instant[] {
  return Array.from({ length: DEMO_DAYS }, (_, at) => dayOf(Date.parse(endsOn) - (DEMO_DAYS - 1 - at) * DAY)).map(day =>
    scoringInstant(routes.scoring, day),
  )
}

/** The newest day whose scoring is over: a morning that is still to come would stand in the future of a service. */
export function lastScoredDay({ routes }: Settings, now: Instant): Day {
  const today = dayOf(now)
  return scoringInstant(routes.scoring, today) <= now ? today : dayOf(now - DAY)
}

/** Lives through all days but the last in silence; on the eve of the last the channel of the digest is written to. */
export async function liveUntilTheEve(
  connection: Connection,
  settings: Settings,
  { instants, digest, advance }: { instants: readonly Instant[]; digest: Digest; advance: () => void },
): Promise<void> {
  const days = instants.slice(0, -1)
  const scoredDays = days.map(at => ({ day: scoringDay(settings.routes.scoring, at), at }))
  await fillHistory(connection, settings.model, scoredDays, advance)
  // Everything that was loaded is scored: a running service has nothing to catch up with.
  await clearDue(connection.db, await readDueAccounts(connection.db))
  await recordAsAnnounced(connection.db, await buildDigest(connection, settings, digest, days.at(-1) ?? 0))
}

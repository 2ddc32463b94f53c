import type { Instant } from '../../domain/time/instant.ts'
import type { Log } from '../../log.ts'
import type { Digest } from '../../model/digests.ts'
import { voidRunsAfter } from '../../store/digests/digest-runs.ts'
import { voidFuture } from '../../store/schedule/clock-faults.ts'
import type { Db } from '../../store/tables.ts'
import { nextSlot } from '../schedule/slots.ts'

/** Voids records in the future, left by a clock that ran ahead and was set back. */
export async function voidFutureData(db: Db, log: Log, digests: readonly Digest[], now: Instant): Promise<void> {
  const voided = await voidFuture(db, now)
  let runs = 0
  for (const { name, schedule, time_zone } of digests) {
    const next = nextSlot({ schedule, time_zone }, now)
    if (next !== undefined) runs += await voidRunsAfter(db, name, next, now)
  }
  const all = { ...voided, ...(runs > 0 && { digests: runs }) }
  if (Object.keys(all).length > 0)
    log.warn({ voided: all }, 'the clock ran ahead: what it left in the future was voided')
}

import type { DigestView } from '../../domain/digests/announced.ts'
import { RENEWAL_HORIZON } from '../../domain/digests/digest-status.ts'
import { DAY, type Instant } from '../../domain/time/instant.ts'
import { changedLater } from '../accounts/attribute-changes.ts'
import { renewalsBetween } from '../accounts/renewals-between.ts'
import { pulsesMayBeDue } from '../pulses/pulses-due.ts'
import type { Db } from '../tables.ts'

/**
 * Accounts that may have news just because time passed: a renewal came near or was reached, a pulse grew old, a value
 * began to be known. Others may be among them.
 */
export async function accountsChangedByTime(
  db: Db,
  since: Instant,
  at: Instant,
  { cadence }: Pick<DigestView, 'cadence'>,
): Promise<number[]> {
  const horizon = RENEWAL_HORIZON * DAY
  return [
    ...(await changedLater(db, since)),
    ...(await renewalsBetween(db, since + horizon, at + horizon)),
    ...(cadence === 'off'
      ? []
      : [...(await renewalsBetween(db, since, at)), ...(await pulsesMayBeDue(db, since, at, cadence))]),
  ]
}

import type { Db } from '../tables.ts'
import { type Claim, isTakenOver, LEASE, renewClaim } from './claims.ts'

/** Renewing may fail three times before the claim lapses. */
const RENEW_EVERY = LEASE / 4

/** Renews a claim, or several, for as long as `work` takes. If one was taken over even so, the next write under it throws. */
export async function renewing<T>(db: Db, claims: Claim | readonly Claim[], work: () => Promise<T>): Promise<T> {
  const renewals = [claims].flat().map(claim => startRenewing(db, claim))
  try {
    return await work()
  } finally {
    for (const renewal of renewals) renewal.end()
  }
}

/** Renews a claim until the end. A renewal may wait for a long transaction under the same claim: the next waits for it. */
export function startRenewing(db: Db, claim: Claim, whenLost?: () => Promise<unknown>): { end(): void } {
  let isUnderWay = false
  const timer = setInterval(async () => {
    if (isUnderWay) return
    isUnderWay = true
    await renewClaim(db, claim)
      .catch(error => (isTakenOver(error) ? whenLost?.() : undefined))
      .catch(() => {})
    isUnderWay = false
  }, RENEW_EVERY)
  return { end: () => clearInterval(timer) }
}

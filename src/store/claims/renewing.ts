import type { Db } from '../tables.ts'
import { type Claim, isTakenOver, keep, LEASE } from './claims.ts'

/** Three times it may fail before the claim lapses. */
const RENEW_EVERY = LEASE / 4

/** Renews a claim for as long as `work` takes. If it was taken over even so, the next write under it throws. */
export async function renewing<T>(db: Db, claim: Claim, work: () => Promise<T>): Promise<T> {
  const renewal = renewed(db, claim)
  try {
    return await work()
  } finally {
    renewal.end()
  }
}

/** Renews a claim until the end. A renewal may wait for a long transaction under the same claim: the next waits for it. */
export function renewed(db: Db, claim: Claim, whenLost?: () => Promise<unknown>): { end(): void } {
  let isUnderWay = false
  const timer = setInterval(async () => {
    if (isUnderWay) return
    isUnderWay = true
    await keep(db, claim)
      .catch(error => (isTakenOver(error) ? whenLost?.() : undefined))
      .catch(() => {})
    isUnderWay = false
  }, RENEW_EVERY)
  return { end: () => clearInterval(timer) }
}

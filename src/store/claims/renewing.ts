import type { Db } from '../tables.ts'
import { type Claim, keep, LEASE } from './claims.ts'

/** Twice it may fail before the claim lapses. */
export const RENEW_EVERY = LEASE / 3

/** Renews a claim as long as `work` takes. Where it was taken over all the same, the next write under it says so. */
export async function renewing<T>(db: Db, claim: Claim, work: () => Promise<T>): Promise<T> {
  const renewal = setInterval(() => keep(db, claim).catch(() => {}), RENEW_EVERY)
  try {
    return await work()
  } finally {
    clearInterval(renewal)
  }
}

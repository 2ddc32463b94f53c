import { setTimeout as sleep } from 'node:timers/promises'
import { type Bid, type Claim, releaseClaim, takeClaim } from '../../store/claims/claims.ts'
import { renewing } from '../../store/claims/renewing.ts'
import type { Db } from '../../store/tables.ts'

/** Milliseconds between two checks of what another process is at. */
const CHECK_EVERY = 100

/**
 * Runs `work` while no other process runs the same; waits up to `timeout` milliseconds for one that does, and returns
 * undefined when it still is. What `work` writes it guards by its claim, with `underClaim`: a process that was frozen
 * meanwhile renews nothing, and may have been taken over.
 */
export async function runAlone<T>(
  db: Db,
  bid: Bid,
  timeout: number,
  work: (claim: Claim) => Promise<T>,
): Promise<{ readonly result: T } | undefined> {
  const claim = await takeWithin(db, bid, timeout)
  if (claim === undefined) return undefined
  try {
    return { result: await renewing(db, claim, () => work(claim)) }
  } finally {
    await releaseClaim(db, claim)
  }
}

async function takeWithin(db: Db, bid: Bid, timeout: number): Promise<Claim | undefined> {
  for (let waited = 0; ; waited += CHECK_EVERY) {
    const claim = await takeClaim(db, bid)
    if (claim !== undefined || waited >= timeout) return claim
    await sleep(CHECK_EVERY)
  }
}

import { setTimeout as rest } from 'node:timers/promises'
import { type JobClaim, leaveJob, takeJob } from '../../store/schedule/job-claims.ts'
import type { Db } from '../../store/tables.ts'

/** Milliseconds between two looks at a job that another process is at. */
const LOOK_EVERY = 100

/**
 * Runs `work` while no other process is at the same job; waits up to `patience` milliseconds for one that is, and gives
 * undefined when it still is. Who works for long renews the claim with what it writes: see `keepJob`.
 */
export async function runAlone<T>(
  db: Db,
  claim: JobClaim,
  patience: number,
  work: () => Promise<T>,
): Promise<{ readonly result: T } | undefined> {
  for (let waited = 0; !(await takeJob(db, claim)); waited += LOOK_EVERY) {
    if (waited >= patience) return undefined
    await rest(LOOK_EVERY)
  }
  try {
    return { result: await work() }
  } finally {
    await leaveJob(db, claim)
  }
}

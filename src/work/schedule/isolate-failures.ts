import type { Log } from '../../log.ts'
import { isTakenOver } from '../../store/claims/claims.ts'
import { isBusy, isUnreachable } from '../../store/engine/engines.ts'

export type Attempts = {
  /** Does something that is about one of many; true when it was done. `what` comes to the log, so it names no person. */
  attempt(what: string, work: () => Promise<unknown>): Promise<boolean>
  /** Throws one error for all that failed. */
  report(): void
  /** For a slot, which runs again if it throws: it does only if the database was busy, since another try may go better. */
  endSlot(log: Log): void
}

/** Keeps one that fails from holding up the others; it stays as it was, for the next tick. */
export function isolateFailures(): Attempts {
  const failures: { what: string; error: unknown }[] = []
  const report = () => {
    const [first] = failures
    if (first === undefined) return
    const failed = new Set(failures.map(({ what }) => what))
    throw new Error(`not done: ${[...failed].join(', ')}`, { cause: first.error })
  }
  return {
    attempt: async (what, work) => {
      try {
        await work()
        return true
      } catch (error) {
        // The others would only wait for the database, too, or are no longer this process's.
        if (isUnreachable(error) || isTakenOver(error)) throw error
        failures.push({ what, error })
        return false
      }
    },
    report,
    endSlot: log => {
      for (const { what, error } of failures) log.error({ err: error, what }, 'not done')
      if (failures.some(({ error }) => isBusy(error))) report()
    },
  }
}

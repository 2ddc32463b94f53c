export type Attempts = {
  /** Does something that is about this alert; true when it was done. */
  attempt(alert: string, work: () => Promise<void>): Promise<boolean>
  /** Throws one error for all that failed. */
  report(): void
}

/** Keeps an alert that fails from holding up the others; it stays as it was, for the next tick. */
export function isolateFailures(): Attempts {
  const failed = new Map<string, unknown>()
  return {
    attempt: async (alert, work) => {
      try {
        await work()
        return true
      } catch (error) {
        failed.set(alert, error)
        return false
      }
    },
    report: () => {
      const [cause] = failed.values()
      if (failed.size > 0) throw new Error(`not announced: ${[...failed.keys()].join(', ')}`, { cause })
    },
  }
}

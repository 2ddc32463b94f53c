import type { Log } from '../log.ts'

/** Told how each thing that was started is ended. */
export type WhenStopped = (end: () => unknown) => void

/** Ends what was started, the newest first. */
export function openEndings(log: Log): { readonly whenStopped: WhenStopped; stop(): Promise<void> } {
  const endings: (() => unknown)[] = []
  return {
    whenStopped: end => {
      endings.push(end)
    },
    // What cannot be ended in good order, since the database is out of reach, keeps nothing else from its end.
    async stop() {
      for (const end of endings.splice(0).reverse()) {
        try {
          await end()
        } catch (error) {
          log.warn({ err: error }, 'something was not ended in good order')
        }
      }
    },
  }
}

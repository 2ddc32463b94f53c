import type { Log } from '../log.ts'

/** Registers how something that was started is stopped. */
export type OnStop = (stop: () => unknown) => void

/** Stops what was started, the newest first. */
export function createShutdown(log: Log): { readonly onStop: OnStop; stop(): Promise<void> } {
  const stops: (() => unknown)[] = []
  return {
    onStop: stop => {
      stops.push(stop)
    },
    // A part that fails to stop, such as a database out of reach, keeps no other from stopping.
    async stop() {
      for (const stop of stops.splice(0).reverse()) {
        try {
          await stop()
        } catch (error) {
          log.warn({ err: error }, 'something did not stop cleanly')
        }
      }
    },
  }
}

import { AsyncLocalStorage } from 'node:async_hooks'

const silenced = new AsyncLocalStorage<true>()
let isListening = false

/**
 * Keeps what a library writes to the console out of our log while `act` runs: for each invalid token it prints
 * a key or a stack trace, so that anyone could fill the log.
 */
export function silently<T>(act: () => Promise<T>): Promise<T> {
  if (!isListening) {
    isListening = true
    for (const level of ['error', 'warn'] as const) {
      const write = console[level].bind(console)
      console[level] = (...words: unknown[]) => {
        if (silenced.getStore() === undefined) write(...words)
      }
    }
  }
  return silenced.run(true, act)
}

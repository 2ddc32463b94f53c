/** Milliseconds that work may hold the event loop before others get a turn. */
const TURN = 10

/**
 * For long loops: awaited between two iterations, it yields to the event loop once this turn has lasted long enough.
 * Awaiting an in-process database yields to nobody. Never use it inside a transaction.
 */
export function createYielder(): () => Promise<void> | undefined {
  let since = performance.now()
  return () => {
    if (performance.now() - since < TURN) return undefined
    return new Promise(resolve =>
      setImmediate(() => {
        since = performance.now()
        resolve()
      }),
    )
  }
}

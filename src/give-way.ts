/** Milliseconds that work may keep the event loop before others get their turn. */
const TURN = 10

/**
 * For a loop over many things: awaited between two of them, it lets others have their turn once this one has lasted long
 * enough. What is awaited of a database in the process gives no turn to anybody. Never within a transaction.
 */
export function givingWay(): () => Promise<void> | undefined {
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

import { setImmediate as nextTurn } from 'node:timers/promises'

/** Milliseconds that work may keep the event loop before others get their turn. */
const TURN = 10

/**
 * For a loop over many things: awaited between two of them, it lets others have their turn once this one has lasted long
 * enough. What is awaited of a database in the process gives no turn to anybody. Never within a transaction.
 */
export function givingWay(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < TURN) return
    await nextTurn()
    since = performance.now()
  }
}

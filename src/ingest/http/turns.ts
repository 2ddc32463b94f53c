/** Milliseconds of work after which others have their turn. */
const TURN = 10

/** Gives the event loop a turn wherever it is asked, once enough work was done since the last: `await turn()`. */
export function takeTurns(): () => Promise<void> | undefined {
  let began = performance.now()
  return () => {
    if (performance.now() - began < TURN) return undefined
    return new Promise(resolve =>
      setImmediate(() => {
        began = performance.now()
        resolve()
      }),
    )
  }
}

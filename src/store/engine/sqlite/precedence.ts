import { setTimeout as rest } from 'node:timers/promises'
import { workerData } from 'node:worker_threads'

/**
 * How many wait to write that go first, in memory that the threads of a process share: SQLite gives its lock to whoever
 * looks when it is free, and the event loop, for which people wait, can only look now and then.
 */
export const waitingFirst: Int32Array = workerData?.waitingFirst ?? new Int32Array(new SharedArrayBuffer(4))

/** Milliseconds for which others are let go first at most: they may wait for another process. */
const LONGEST = 20

/** Says that somebody waits who goes first, until what it gives is called. */
export function waitFirst(): () => void {
  Atomics.add(waitingFirst, 0, 1)
  return () => void Atomics.sub(waitingFirst, 0, 1)
}

/** Waits for as long as somebody goes first. */
export async function letFirstGo(): Promise<void> {
  for (let waited = 0; waited < LONGEST && Atomics.load(waitingFirst, 0) > 0; waited += 1) await rest(1)
}

import { setTimeout as sleep } from 'node:timers/promises'
import { workerData } from 'node:worker_threads'

/**
 * How many writers with priority are waiting, in memory that the threads of a process share: SQLite gives its lock to
 * whoever tries when it is free, and the event loop, on which people wait, can only try now and then.
 */
export const priorityWaiters: Int32Array = workerData?.priorityWaiters ?? new Int32Array(new SharedArrayBuffer(4))

/** Milliseconds to hold back at most: those with priority may be waiting for another process. */
const LONGEST = 20

/** Announces a waiting writer with priority, until the function that it returns is called. */
export function waitWithPriority(): () => void {
  Atomics.add(priorityWaiters, 0, 1)
  return () => void Atomics.sub(priorityWaiters, 0, 1)
}

/** Holds back while a writer with priority waits. */
export async function yieldToPriority(): Promise<void> {
  for (let waited = 0; waited < LONGEST && Atomics.load(priorityWaiters, 0) > 0; waited += 1) await sleep(1)
}

import type { Log } from '../../log.ts'
import { isUnreachable } from '../../store/engine/engines.ts'

export type Repeating = {
  wake(): void
  /** Runs once more, starting after this call, and resolves when that is done. */
  once(): Promise<void>
  /** Milliseconds since the last run began: a large number means that it is stuck. */
  idleFor(): number
  stop(): Promise<void>
}

/** The longest interval of a timer, for work that is only woken. */
export const NEVER = 2 ** 31 - 1

/** Resolves when it is done; with milliseconds, if it should run again sooner than after the interval. */
export type Work = () => Promise<undefined | number>

/**
 * Repeats work, never twice at once: after an interval, or when woken. A failure is logged and the work tried again. The
 * interval goes by a monotonic clock, since the wall clock may be set while we wait.
 */
export function repeating(log: Log, name: string, interval: number, work: Work | (() => Promise<void>)): Repeating {
  let running: Promise<void> | undefined
  let isWanted = false
  let isStopped = false
  let began = performance.now()
  let waiting: (() => void)[] = []
  let sooner: NodeJS.Timeout | undefined
  const timer = setInterval(() => wake(), interval)
  const run = async () => {
    while (isWanted && !isStopped) {
      isWanted = false
      began = performance.now()
      const waiters = waiting
      waiting = []
      const again = await work().catch(error => log.error({ err: error, job: name }, 'a job failed'))
      clearTimeout(sooner)
      if (again !== undefined) sooner = setTimeout(wake, again)
      for (const done of waiters) done()
    }
    running = undefined
  }
  function wake() {
    isWanted = true
    running ??= run()
  }
  return {
    wake,
    once: () =>
      new Promise(resolve => {
        waiting.push(resolve)
        wake()
      }),
    idleFor: () => performance.now() - began,
    stop: async () => {
      isStopped = true
      clearInterval(timer)
      await running
      clearTimeout(sooner)
      for (const done of waiting) done()
    },
  }
}

/**
 * Runs the steps in order. One that fails is tried again at the next tick and does not keep the others from running.
 * Returns whether all went well.
 */
export async function runEachIsolated(
  log: Log,
  steps: Readonly<Record<string, () => Promise<unknown>>>,
): Promise<boolean> {
  let isWell = true
  for (const [job, step] of Object.entries(steps)) {
    try {
      await step()
    } catch (error) {
      isWell = false
      log.error({ err: error, job }, 'a job failed')
      // The database is out of reach: the others would only wait for it, too.
      if (isUnreachable(error)) break
    }
  }
  return isWell
}

/** Limits work to half of the time: after a long run it is skipped for as long as that run took. */
export function atMostHalfTheTime<Given>(
  shortest: number,
  work: (given: Given) => Promise<void>,
): (given: Given) => Promise<void> {
  let until = -Infinity
  return async given => {
    const start = performance.now()
    if (start < until) return
    try {
      await work(given)
    } finally {
      const end = performance.now()
      if (end - start > shortest) until = end + (end - start)
    }
  }
}

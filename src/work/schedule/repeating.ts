import type { Log } from '../../log.ts'
import { isUnreachable } from '../../store/engine/engines.ts'

export type Repeating = {
  wake(): void
  /** Works once more, from now on, and resolves when that is done. */
  once(): Promise<void>
  /** Milliseconds since it last began, which it does again and again as long as all is well. */
  idleFor(): number
  stop(): Promise<void>
}

/** Resolves when it is done; with the milliseconds until it is to be done again, where that is not a rest. */
export type Work = () => Promise<undefined | number>

/**
 * Work that is never done twice at once: again after a rest, or when woken; a failure is logged and tried again. The
 * rest is measured by the machine, not by the clock on the wall, which may be put back or forward while we wait.
 */
export function repeating(log: Log, name: string, rest: number, work: Work | (() => Promise<void>)): Repeating {
  let running: Promise<void> | undefined
  let isWanted = false
  let isStopped = false
  let began = performance.now()
  let waiting: (() => void)[] = []
  let sooner: NodeJS.Timeout | undefined
  const timer = setInterval(() => wake(), rest)
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
 * One after the other; one that fails is tried again with the next look, and keeps none of the others from its turn. Says
 * whether all went well.
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
      // None of the others could do anything either, and each would wait for that.
      if (isUnreachable(error)) break
    }
  }
  return isWell
}

/** Work that may not take more than half of the time: after a long run it is left out for as long as that run took. */
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

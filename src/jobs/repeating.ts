import type { Log } from '../log.ts'

export type Repeating = { wake(): void; stop(): Promise<void> }

/**
 * Work that is never done twice at once: again after a rest, or when woken; a failure is logged and tried again. The
 * rest is measured by the machine, not by the clock on the wall, which may be put back or forward while we wait.
 */
export function repeating(log: Log, name: string, rest: number, work: () => Promise<void>): Repeating {
  let running: Promise<void> | undefined
  let isWanted = false
  let isStopped = false
  const timer = setInterval(() => wake(), rest)
  const run = async () => {
    while (isWanted && !isStopped) {
      isWanted = false
      await work().catch(error => log.error({ err: error, job: name }, 'a job failed'))
    }
    running = undefined
  }
  function wake() {
    isWanted = true
    running ??= run()
  }
  return {
    wake,
    stop: async () => {
      isStopped = true
      clearInterval(timer)
      await running
    },
  }
}

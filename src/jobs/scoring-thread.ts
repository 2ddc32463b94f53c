import { Worker } from 'node:worker_threads'
import type { Scorer } from './score-job.ts'

export type ScoringThread = { readonly score: Scorer; stop(): Promise<void> }

type Answer = { readonly id: number; readonly scored?: number; readonly error?: string }
type Waiter = { readonly resolve: (scored: number) => void; readonly reject: (error: Error) => void }

/**
 * Starts the thread that scores, so that the event loop stays free for the people who wait for an answer. One that
 * broke down is replaced at the next run; `stop` ends it in the middle of what it does.
 */
export function startScoringThread(databaseUrl: string): ScoringThread {
  const waiting = new Map<number, Waiter>()
  let worker: Worker | undefined = start()
  let last = 0

  function start(): Worker {
    const worker = new Worker(new URL('./scoring-worker.js', import.meta.url), { workerData: { databaseUrl } })
    worker.on('message', ({ id, scored = 0, error }: Answer) => {
      const waiter = waiting.get(id)
      waiting.delete(id)
      if (error === undefined) waiter?.resolve(scored)
      else waiter?.reject(new Error(error))
    })
    worker.on('error', giveUp)
    worker.on('exit', () => giveUp(new Error('the scoring thread ended')))
    return worker
  }

  function giveUp(error: Error): void {
    worker = undefined
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }

  return {
    score: run =>
      new Promise((resolve, reject) => {
        last += 1
        waiting.set(last, { resolve, reject })
        worker ??= start()
        worker.postMessage({ id: last, run })
      }),
    stop: async () => {
      await worker?.terminate()
    },
  }
}

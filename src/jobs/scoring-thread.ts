import { Worker } from 'node:worker_threads'
import type { Scorer } from './score-job.ts'

export type ScoringThread = { readonly score: Scorer; stop(): Promise<void> }

type Answer = { readonly id: number; readonly scored?: number; readonly error?: string }

/** Starts the thread that scores, so that the event loop stays free for the people who wait for an answer. */
export function startScoringThread(databaseUrl: string): ScoringThread {
  const worker = new Worker(new URL('./scoring-worker.js', import.meta.url), { workerData: { databaseUrl } })
  const waiting = new Map<number, { resolve: (scored: number) => void; reject: (error: Error) => void }>()
  let last = 0
  worker.on('message', ({ id, scored = 0, error }: Answer) => {
    const waiter = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) waiter?.resolve(scored)
    else waiter?.reject(new Error(error))
  })
  worker.on('error', error => {
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  })
  return {
    score: run =>
      new Promise((resolve, reject) => {
        last += 1
        waiting.set(last, { resolve, reject })
        worker.postMessage({ id: last, run })
      }),
    stop: async () => {
      await worker.terminate()
    },
  }
}

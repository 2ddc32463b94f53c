import { Worker } from 'node:worker_threads'
import { cancelled, type Watch } from '../outcomes/watch.ts'
import type { Work } from './work.ts'

/** A thread with a connection of its own, that does one piece of work after the other. */
export type WorkerThread = {
  ask<T>(work: Work, watch?: Watch): Promise<T>
  /** Ends what was asked for under that id, begun or not; false where there is no such work. */
  cancel(id: string): boolean
  stop(): Promise<void>
}

/** What the thread says of its work: how far it is, then what came of it. */
export type Said = {
  readonly id: number
  readonly accounts?: number
  readonly advanced?: number
  readonly result?: unknown
  readonly error?: string
}

/** What it is told: a piece of work, or that one is no longer wanted. */
export type Told = { readonly id: number; readonly work: Work } | { readonly cancel: number }

type Waiter = {
  readonly watch: Watch
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
}

/** A thread that has had nothing to do for so long is ended: it holds as much memory as the rest of the service. */
const IDLE = 8_000

/** It starts with its first work, one that broke down is replaced at the next; `stop` ends it in the middle of what it does. */
export function workerThread(databaseUrl: string, script: URL): WorkerThread {
  const waiting = new Map<number, Waiter>()
  let worker: Worker | undefined
  let idle: NodeJS.Timeout | undefined
  let last = 0

  function start(): Worker {
    // The service itself is started with little room for what is young; scoring makes much of it.
    const resourceLimits = { maxYoungGenerationSizeMb: 48 }
    const started = new Worker(script, { workerData: { databaseUrl }, resourceLimits })
    started.on('message', hear)
    const lost = (error: Error) => {
      if (worker === started) giveUp(error)
    }
    started.on('error', lost)
    started.on('exit', () => lost(new Error('the scoring thread ended')))
    return started
  }

  function hear({ id, accounts, advanced, result, error }: Said): void {
    const waiter = waiting.get(id)
    if (accounts !== undefined) waiter?.watch.begin?.(accounts)
    else if (advanced !== undefined) waiter?.watch.advance?.(advanced)
    else {
      if (error === undefined) waiter?.resolve(result)
      else waiter?.reject(new Error(error))
      forget(id)
    }
  }

  function forget(id: number): void {
    waiting.delete(id)
    if (waiting.size === 0) idle = setTimeout(dismiss, IDLE).unref()
  }

  async function dismiss(): Promise<void> {
    const dismissed = worker
    worker = undefined
    await dismissed?.terminate()
  }

  function giveUp(error: Error): void {
    worker = undefined
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }

  return {
    ask: <T>(work: Work, watch: Watch = {}) =>
      new Promise<T>((resolve, reject) => {
        clearTimeout(idle)
        if (waiting.size > 0) watch.wait?.()
        last += 1
        waiting.set(last, { watch, resolve: result => resolve(result as T), reject })
        worker ??= start()
        worker.postMessage({ id: last, work } satisfies Told)
      }),
    cancel(id) {
      const [found] = [...waiting].filter(([, { watch }]) => watch.id === id)
      if (found === undefined) return false
      const [number, { reject }] = found
      worker?.postMessage({ cancel: number } satisfies Told)
      forget(number)
      reject(cancelled())
      return true
    },
    async stop() {
      clearTimeout(idle)
      await worker?.terminate()
    },
  }
}

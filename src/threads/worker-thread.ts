import { type Transferable, Worker } from 'node:worker_threads'
import { ThreadLost } from '../errors.ts'
import { priorityWaiters } from '../store/engine/engines.ts'
import { errorOf, type Failure } from './failure.ts'

/** A thread with a connection of its own, for what would hold up the event loop. */
export type WorkerThread = {
  /** Gives it a task, as plain data; `hear` gets what it says about it on the way. */
  begin<T>(task: unknown, hear?: (said: unknown) => void): Conversation<T>
  isBusy(): boolean
  /** Ends it, even in the middle of a task. */
  stop(): Promise<void>
}

/** About one task. */
export type Conversation<T> = {
  readonly result: Promise<T>
  /** Sends it more; what is handed over can no longer be used here. */
  tell(more: unknown, handedOver?: readonly Transferable[]): void
  /** Stops waiting: the result fails with this error. */
  leave(error: Error): void
}

/** Messages to the thread, and from it: `worker-end.ts` is its end. */
export type Told = { readonly id: number } & ({ readonly task: unknown } | { readonly more: unknown })
export type Said = { readonly id: number } & (
  | { readonly onTheWay: unknown }
  | { readonly result: unknown }
  | { readonly failure: Failure }
)

type Waiter = {
  readonly hear: (said: unknown) => void
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
}

/** Milliseconds after which an idle thread is ended: it holds as much memory as the rest of the service. */
const IDLE = 8_000

/** The service itself runs with little memory for young objects; threads make many of them. */
const LIMITS = { maxYoungGenerationSizeMb: 48 }

/** The thread starts with its first task; after it broke down, another one starts with the next task. */
export function workerThread(databaseUrl: string, script: URL): WorkerThread {
  const waiting = new Map<number, Waiter>()
  let worker: Worker | undefined
  let idle: NodeJS.Timeout | undefined
  let last = 0

  function start(): Worker {
    const started = new Worker(script, { workerData: { databaseUrl, priorityWaiters }, resourceLimits: LIMITS })
    started.on('message', hear)
    const lost = (why: string) => {
      if (worker === started) giveUp(why)
    }
    started.on('error', error => lost(error instanceof Error ? error.message : String(error)))
    started.on('exit', () => lost('a thread ended'))
    return started
  }

  function hear(said: Said): void {
    const waiter = waiting.get(said.id)
    if (waiter === undefined) return
    if ('onTheWay' in said) waiter.hear(said.onTheWay)
    else {
      forget(said.id)
      if ('failure' in said) waiter.reject(errorOf(said.failure))
      else waiter.resolve(said.result)
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

  function giveUp(why: string): void {
    worker = undefined
    for (const { reject } of waiting.values()) reject(new ThreadLost(why))
    waiting.clear()
  }

  return {
    begin<T>(task: unknown, hear: (said: unknown) => void = () => {}) {
      clearTimeout(idle)
      worker ??= start()
      last += 1
      const [id, asked] = [last, worker]
      const result = new Promise<T>((resolve, reject) => {
        waiting.set(id, { hear, resolve: result => resolve(result as T), reject })
      })
      asked.postMessage({ id, task } satisfies Told)
      return {
        result,
        tell: (more, handedOver = []) => asked.postMessage({ id, more } satisfies Told, handedOver),
        leave(error) {
          waiting.get(id)?.reject(error)
          if (waiting.has(id)) forget(id)
        },
      }
    },
    isBusy: () => waiting.size > 0,
    async stop() {
      clearTimeout(idle)
      await worker?.terminate()
    },
  }
}

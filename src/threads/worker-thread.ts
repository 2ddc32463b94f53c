import { type Transferable, Worker } from 'node:worker_threads'
import { ThreadLost } from '../errors.ts'
import { priorityWaiters } from '../store/engine/engines.ts'
import { errorOf, type Failure } from './failure.ts'

/** A thread with a connection of its own, for work that would hold up the event loop. */
export type WorkerThread = {
  /** Gives it a task, as plain data; `onMessage` gets what it sends about it on the way. */
  begin<T>(task: unknown, onMessage?: (message: unknown) => void): Conversation<T>
  isBusy(): boolean
  /** Ends it, even in the middle of a task. */
  stop(): Promise<void>
}

/** The messages and the result of one task. */
export type Conversation<T> = {
  readonly result: Promise<T>
  /** Sends it more; what is handed over can no longer be used here. */
  send(message: unknown, handedOver?: readonly Transferable[]): void
  /** Stops waiting: the result fails with this error. */
  abandon(error: Error): void
}

/** Messages to the thread, and from it: `worker-end.ts` is its end. */
export type ToThread = { readonly id: number } & ({ readonly task: unknown } | { readonly message: unknown })
export type FromThread = { readonly id: number } & (
  | { readonly message: unknown }
  | { readonly result: unknown }
  | { readonly failure: Failure }
)

type Waiter = {
  readonly onMessage: (message: unknown) => void
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
    started.on('message', receive)
    const lost = (why: string) => {
      if (worker === started) giveUp(why)
    }
    started.on('error', error => lost(error instanceof Error ? error.message : String(error)))
    started.on('exit', () => lost('a thread ended'))
    return started
  }

  function receive(received: FromThread): void {
    const waiter = waiting.get(received.id)
    if (waiter === undefined) return
    if ('message' in received) waiter.onMessage(received.message)
    else {
      forget(received.id)
      if ('failure' in received) waiter.reject(errorOf(received.failure))
      else waiter.resolve(received.result)
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
    begin<T>(task: unknown, onMessage: (message: unknown) => void = () => {}) {
      clearTimeout(idle)
      worker ??= start()
      last += 1
      const [id, asked] = [last, worker]
      const result = new Promise<T>((resolve, reject) => {
        waiting.set(id, { onMessage, resolve: result => resolve(result as T), reject })
      })
      asked.postMessage({ id, task } satisfies ToThread)
      return {
        result,
        send: (message, handedOver = []) => asked.postMessage({ id, message } satisfies ToThread, handedOver),
        abandon(error) {
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

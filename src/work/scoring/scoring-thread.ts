import { Worker } from 'node:worker_threads'
import type { Model } from '../../domain/model/model.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { StudiedBacktest, Study } from '../outcomes/study.ts'
import type { TrustReport } from '../outcomes/trust.ts'
import type { ModelPlan } from './plan-model.ts'
import type { Scorer } from './score-job.ts'

/** What keeps a processor busy for a while, and therefore is done in a thread of its own. */
export type ScoringThread = {
  readonly score: Scorer
  readonly plan: Planner
  readonly study: Study
  /** Whether the whole file of the database is sound. */
  isSound(): Promise<boolean>
  stop(): Promise<void>
}

export type Planner = (current: Model, next: Model, at: Instant) => Promise<ModelPlan>

export type Work =
  | { readonly task: 'score'; readonly run: Parameters<Scorer>[0] }
  | { readonly task: 'plan'; readonly current: Model; readonly next: Model; readonly at: Instant }
  | { readonly task: 'backtest'; readonly run: Parameters<Study['backtest']>[0] }
  | { readonly task: 'check' }
  | { readonly task: 'trust'; readonly run: Parameters<Study['trust']>[0] }
  | { readonly task: 'refit'; readonly run: Parameters<Study['refit']>[0] }

type Answer = { readonly id: number; readonly result?: unknown; readonly error?: string }
type Waiter = { readonly resolve: (result: unknown) => void; readonly reject: (error: Error) => void }

/** A thread that has had nothing to do for so long is ended: it holds as much memory as the rest of the service. */
const IDLE = 15_000

/**
 * The thread that scores, so that the event loop stays free for the people who wait for an answer. It starts with its
 * first work, one that broke down is replaced at the next; `stop` ends it in the middle of what it does.
 */
export function startScoringThread(databaseUrl: string): ScoringThread {
  const waiting = new Map<number, Waiter>()
  let worker: Worker | undefined
  let idle: NodeJS.Timeout | undefined
  let last = 0

  function start(): Worker {
    // The service itself is started with little room for what is young; scoring makes much of it.
    const resourceLimits = { maxYoungGenerationSizeMb: 48 }
    const started = new Worker(new URL('./scoring-worker.js', import.meta.url), {
      workerData: { databaseUrl },
      resourceLimits,
    })
    started.on('message', ({ id, result, error }: Answer) => {
      const waiter = waiting.get(id)
      waiting.delete(id)
      if (waiting.size === 0) idle = setTimeout(dismiss, IDLE).unref()
      if (error === undefined) waiter?.resolve(result)
      else waiter?.reject(new Error(error))
    })
    const lost = (error: Error) => {
      if (worker === started) giveUp(error)
    }
    started.on('error', lost)
    started.on('exit', () => lost(new Error('the scoring thread ended')))
    return started
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

  /** The thread gives what `done` in scoring-worker.ts says for each task. */
  function ask<T>(work: Work): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      clearTimeout(idle)
      last += 1
      waiting.set(last, { resolve: result => resolve(result as T), reject })
      worker ??= start()
      worker.postMessage({ id: last, work })
    })
  }

  return {
    score: run => ask<number>({ task: 'score', run }),
    plan: (current, next, at) => ask<ModelPlan>({ task: 'plan', current, next, at }),
    study: {
      backtest: run => ask<StudiedBacktest>({ task: 'backtest', run }),
      trust: run => ask<TrustReport>({ task: 'trust', run }),
      refit: run => ask<void>({ task: 'refit', run }),
    },
    isSound: () => ask<boolean>({ task: 'check' }),
    stop: async () => {
      clearTimeout(idle)
      await worker?.terminate()
    },
  }
}

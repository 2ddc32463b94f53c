import type { Model } from '../domain/model/model.ts'
import type { Instant } from '../domain/time/instant.ts'
import type { StudiedBacktest, Study } from '../work/outcomes/study.ts'
import type { TrustReport } from '../work/outcomes/trust.ts'
import { canceledError, type Watch } from '../work/outcomes/watch.ts'
import type { ModelPlan } from '../work/scoring/plan-model.ts'
import type { Scorer } from '../work/scoring/score-job.ts'
import type { Help } from '../work/scoring/together/help-scoring.ts'
import type { Progress, ScoringWork } from './scoring-work.ts'
import { type Conversation, type WorkerThread, workerThread } from './worker-thread.ts'

/** Work that keeps a processor busy for a while, and therefore has threads of its own. */
export type ScoringThread = {
  readonly score: Scorer
  /** Takes part for a while in a scoring that another instance began; returns how many shards it did. */
  readonly help: (help: Help) => Promise<number>
  readonly plan: Planner
  readonly study: Study
  /** Whether the whole file of the database is sound. */
  isSound(): Promise<boolean>
  stop(): Promise<void>
}

export type Planner = (current: Model, next: Model, at: Instant) => Promise<ModelPlan>

const SCRIPT = new URL('./scoring-worker.js', import.meta.url)

/**
 * Scores off the event loop, which stays free for people who wait for an answer. Studies of past years have a second
 * thread: however long they take, no scoring waits for them.
 */
export function startScoringThread(databaseUrl: string): ScoringThread {
  return scoringThread(databaseUrl, SCRIPT)
}

/** The same, run from another file. */
export function scoringThread(databaseUrl: string, script: URL): ScoringThread {
  const scoring = asking(workerThread(databaseUrl, script))
  const looking = asking(workerThread(databaseUrl, script))
  return {
    score: run => scoring.ask<number>({ task: 'score', run }),
    help: help => scoring.ask<number>({ task: 'help', help }),
    plan: (current, next, at) => scoring.ask<ModelPlan>({ task: 'plan', current, next, at }),
    study: {
      backtest: (run, watch) => looking.ask<StudiedBacktest>({ task: 'backtest', run }, watch),
      trust: (run, watch) => looking.ask<TrustReport>({ task: 'trust', run }, watch),
      cancel: looking.cancel,
      // Part of the night's scoring, which must not wait for somebody's backtest.
      refit: run => scoring.ask<void>({ task: 'refit', run }),
    },
    isSound: () => scoring.ask<boolean>({ task: 'check' }),
    async stop() {
      await Promise.all([scoring.stop(), looking.stop()])
    },
  }
}

/** Gives a thread one piece of work after the other. Each can be watched, and canceled whether it has begun or not. */
function asking(thread: WorkerThread) {
  const watched = new Map<string, Conversation<unknown>>()
  return {
    async ask<T>(work: ScoringWork, { id, wait, begin, advance }: Watch = {}): Promise<T> {
      if (thread.isBusy()) wait?.()
      const conversation = thread.begin<T>(work, message => {
        const progress = message as Progress
        if ('accounts' in progress) begin?.(progress.accounts)
        else advance?.(progress.advanced)
      })
      if (id !== undefined) watched.set(id, conversation)
      try {
        return await conversation.result
      } finally {
        if (id !== undefined && watched.get(id) === conversation) watched.delete(id)
      }
    },
    /** False if there is no such work. */
    cancel(id: string): boolean {
      const conversation = watched.get(id)
      watched.delete(id)
      conversation?.send('cancel')
      conversation?.abandon(canceledError())
      return conversation !== undefined
    },
    stop: thread.stop,
  }
}

import type { Model } from '../../domain/model/model.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { StudiedBacktest, Study } from '../outcomes/study.ts'
import type { TrustReport } from '../outcomes/trust.ts'
import type { ModelPlan } from './plan-model.ts'
import type { Scorer } from './score-job.ts'
import type { Help } from './together/help-scoring.ts'
import { workerThread } from './worker-thread.ts'

/** What keeps a processor busy for a while, and therefore is done in a thread of its own. */
export type ScoringThread = {
  readonly score: Scorer
  /** Takes part for a while in a scoring that another instance began; gives how many shards it did. */
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
 * Scores beside the event loop, which stays free for the people who wait for an answer. What looks back over years has
 * a second thread: however long it takes, no scoring waits for it.
 */
export function startScoringThread(databaseUrl: string): ScoringThread {
  return scoringThread(databaseUrl, SCRIPT)
}

/** The same, run from another file. */
export function scoringThread(databaseUrl: string, script: URL): ScoringThread {
  const scoring = workerThread(databaseUrl, script)
  const looking = workerThread(databaseUrl, script)
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

import type { Model } from '../domain/model/model.ts'
import type { Instant } from '../domain/time/instant.ts'
import type { Study } from '../work/outcomes/study.ts'
import type { Scorer } from '../work/scoring/score-job.ts'
import type { Help } from '../work/scoring/together/help-scoring.ts'

/** The work of the thread that scores, as plain data. */
export type ScoringWork =
  | { readonly task: 'score'; readonly run: Parameters<Scorer>[0] }
  | { readonly task: 'help'; readonly help: Help }
  | { readonly task: 'plan'; readonly current: Model; readonly next: Model; readonly at: Instant }
  | { readonly task: 'check' }
  | { readonly task: 'backtest'; readonly run: Parameters<Study['backtest']>[0] }
  | { readonly task: 'trust'; readonly run: Parameters<Study['trust']>[0] }
  | { readonly task: 'refit'; readonly run: Parameters<Study['refit']>[0] }

/** Progress: how many accounts there are, then how many more are done. */
export type Progress = { readonly accounts: number } | { readonly advanced: number }

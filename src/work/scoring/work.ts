import type { Model } from '../../domain/model/model.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Study } from '../outcomes/study.ts'
import type { Scorer } from './score-job.ts'
import type { Help } from './together/help-scoring.ts'

/** What a thread can be asked for, as plain data. */
export type Work =
  | { readonly task: 'score'; readonly run: Parameters<Scorer>[0] }
  | { readonly task: 'help'; readonly help: Help }
  | { readonly task: 'plan'; readonly current: Model; readonly next: Model; readonly at: Instant }
  | { readonly task: 'check' }
  | { readonly task: 'backtest'; readonly run: Parameters<Study['backtest']>[0] }
  | { readonly task: 'trust'; readonly run: Parameters<Study['trust']>[0] }
  | { readonly task: 'refit'; readonly run: Parameters<Study['refit']>[0] }

import { roleOf } from '../../domain/alerts/alert.ts'
import type { Model } from '../../domain/model/model.ts'
import type { Evaluation } from '../../domain/scoring/evaluate.ts'
import type { Day } from '../../domain/time/instant.ts'
import type { ScoredAccount } from '../../store/scoring/scores.ts'
import type { ShownAccount } from '../../store/scoring/statuses/current-status.ts'
import { reasonText } from '../../views/scoring/why.ts'

/** What is kept of an evaluation: the numbers of its day. */
export function scoredAccount(account: number, day: Day, evaluation: Evaluation): ScoredAccount {
  const { health, status, expansionHeld } = evaluation
  const { at, score, coverage, segment } = health.now
  return { account, day, at, score, coverage, segment, status, expansionHeld }
}

/** The same with what people are shown of it. */
export function shownAccount(model: Model, account: number, day: Day, evaluation: Evaluation): ShownAccount {
  const { health, status } = evaluation
  return {
    ...scoredAccount(account, day, evaluation),
    role: roleOf(health.now.bands, status.verdict),
    change: health.trend[0]?.shown,
    reason: reasonText(model, health),
  }
}

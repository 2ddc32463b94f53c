import { groupedBy } from '../grouped.ts'
import type { FalseAlarmBudget } from '../model/model.ts'
import type { AlertKind } from './alert-kind.ts'
import { ALERT_VERDICTS, type AlertFeedback } from './feedback.ts'

/** An alert that was posted, and what people said of it. */
export type RatedAlert = {
  readonly kind: AlertKind
  /** The e-mail of the account's owner. */
  readonly owner?: string
  readonly verdicts: readonly AlertFeedback[]
}

export type Precision = Readonly<Record<AlertFeedback | 'unanswered', number>> & {
  /** Useful as a share of useful and wrong; already known is neither. Undefined if there is none of either. */
  readonly precision?: number
}

/** How alerts were answered, each alert once. */
export function precisionOf(alerts: readonly RatedAlert[]): Precision {
  const said = alerts.map(({ verdicts }) => verdictOf(verdicts))
  const count = (wanted: AlertFeedback | undefined) => said.filter(verdict => verdict === wanted).length
  const [useful, known, wrong, unanswered] = [count('useful'), count('known'), count('wrong'), count(undefined)]
  const rated = useful + wrong
  return { useful, known, wrong, unanswered, ...(rated > 0 && { precision: useful / rated }) }
}

/** Of each owner; of nobody under `undefined`. */
export function precisionByOwner(alerts: readonly RatedAlert[]): Map<string | undefined, Precision> {
  return new Map([...groupedBy(alerts, ({ owner }) => owner)].map(([owner, of]) => [owner, precisionOf(of)]))
}

/** The share of the answered alerts that were wrong; undefined when none was answered. */
export function wrongShare({ useful, known, wrong }: Precision): number | undefined {
  const answered = useful + known + wrong
  return answered === 0 ? undefined : wrong / answered
}

/** More wrong than the budget allows, over enough answers to say so. A rule without a budget is never over it. */
export function isOverBudget(precision: Precision, budget: FalseAlarmBudget | undefined): boolean {
  const { useful, known, wrong } = precision
  if (budget === undefined || useful + known + wrong < budget.answered) return false
  return (wrongShare(precision) ?? 0) > budget.wrong
}

/** What most people say about one alert; in a tie, the kinder verdict. */
function verdictOf(verdicts: readonly AlertFeedback[]): AlertFeedback | undefined {
  const count = (wanted: AlertFeedback) => verdicts.filter(verdict => verdict === wanted).length
  const most = Math.max(...ALERT_VERDICTS.map(count))
  return most === 0 ? undefined : ALERT_VERDICTS.find(verdict => count(verdict) === most)
}

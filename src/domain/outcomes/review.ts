import type { AlertKind } from '../alerts/alert-kind.ts'
import { type Precision, precisionOf, type RatedAlert } from '../alerts/precision.ts'
import type { Model } from '../model/model.ts'
import type { Instant } from '../time/instant.ts'
import { firstAfter } from './alert-load.ts'
import type { Look } from './look.ts'
import { isBad, type Outcome } from './outcome.ts'
import { aucOf } from './statistics/auc.ts'
import type { Estimate } from './statistics/estimate.ts'
import { wilson } from './statistics/wilson.ts'

/** One rule of alerts: what people said of its alerts, beside what really followed them. */
export type RuleWorth = {
  readonly kind: AlertKind
  readonly feedback: Precision
  /** Of its alerts whose account had an outcome within 180 days: the share that went badly first. */
  readonly outcomes: Estimate | undefined
  readonly followed: number
}

export type OpenedAlert = { readonly account: number; readonly kind: AlertKind; readonly openedAt: Instant }

export function ruleWorths(
  model: Model,
  rated: readonly RatedAlert[],
  opened: readonly OpenedAlert[],
  outcomes: readonly Outcome[],
): RuleWorth[] {
  return model.alerts
    .filter(({ kind }) => kind !== 'expansion_ready')
    .map(({ kind }) => {
      const first = opened.filter(alert => alert.kind === kind).flatMap(alert => firstAfter(alert, outcomes) ?? [])
      return {
        kind,
        feedback: precisionOf(rated.filter(alert => alert.kind === kind)),
        outcomes: wilson(first.filter(isBad).length, first.length),
        followed: first.length,
      }
    })
}

/** The components whose scores 90 days before told nothing of what happened: their AUC cannot be told from chance. */
export function idleComponents(
  model: Model,
  cases: readonly { readonly known: Look; readonly isBad: boolean }[],
): string[] {
  return model.components.flatMap(({ id }, at) => {
    const auc = aucOf(
      cases.flatMap(({ known, isBad }) => {
        const score = known.components[at]
        return score === undefined ? [] : [{ score, isBad }]
      }),
    )
    return auc !== undefined && auc.low <= 0.5 ? [id] : []
  })
}

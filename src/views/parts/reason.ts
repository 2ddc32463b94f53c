import type { ObservedAccount } from '../../domain/accounts/account.ts'
import type { AlertKind } from '../../domain/alerts/alert-kind.ts'
import { pulseDivergence } from '../../domain/alerts/alert-rules.ts'
import type { Model } from '../../domain/model/model.ts'
import { shownAs } from '../../domain/number.ts'
import { percent } from '../../domain/percent.ts'
import { topDriver, topHelper } from '../../domain/scoring/driver.ts'
import { CAP, type Health } from '../../domain/scoring/health.ts'
import type { ComponentScore } from '../../domain/scoring/score.ts'
import { evidence } from './evidence.ts'

/** Why an account stands where it stands, in the words of its top driver: "Active users 14 of 40 seats". */
export function reasonFor(model: Model, health: Health): string {
  if (health.direction === 'rising') return riseReason(model, health)
  const driver = topDriver(health)
  if (driver === undefined) return 'Not enough data'
  if (driver === CAP) return capReason(health)
  const component = health.now.component(driver)
  const worst = component && worstMeasure(component)
  if (component === undefined || worst === undefined) return `${component?.component.label ?? driver}: no data anymore`
  return evidence(model, worst.measure, worst.reading, health.now.at)
}

/** Why an alert of a kind opens, in words that stay true: `alertReasonText` adds what depends on the day of reading. */
export function alertReason(model: Model, account: ObservedAccount, health: Health, kind: AlertKind): string {
  const { coverage } = health.now
  switch (kind) {
    case 'expansion_ready':
      return growthReasonFor(model, health)
    case 'went_silent':
      return `Current data for only ${percent(coverage)} of the score's weight. ${reasonFor(model, health)}`
    case 'pulse_divergence': {
      const found = pulseDivergence(model, account, health.now)
      if (found === undefined) return reasonFor(model, health)
      return `The pulse says ${found.rating}, the data says ${shownAs(found.rest)}`
    }
    case 'at_risk':
    case 'sharp_drop':
    case 'renewal_risk':
      return reasonFor(model, health)
  }
}

/** Why an account is ready to grow: the growth signals that the model watches, and what goes best. */
function growthReasonFor(model: Model, health: Health): string {
  const signals = model.watch.flatMap(measure => {
    const reading = health.now.readings.get(measure.id)
    return reading?.restsOnEvidence === true && (reading.value ?? 0) > 0
      ? [evidence(model, measure, reading, health.now.at)]
      : []
  })
  return signals.length === 0 ? `Score ${health.now.score?.shown ?? 0}, and steady` : signals.slice(0, 2).join('; ')
}

/** What explains a rise: the best measure of the component that rose most. */
function riseReason(model: Model, health: Health): string {
  const helper = topHelper(health)
  const component = helper === undefined ? undefined : health.now.component(helper)
  const best = component?.measures.filter(({ score }) => score !== undefined).sort((a, b) => b.points - a.points)[0]
  return best === undefined ? 'Rising' : `Rising: ${evidence(model, best.measure, best.reading, health.now.at)}`
}

function capReason({ now }: Health): string {
  const holding = now.caps.filter(cap => cap.holds).sort((a, b) => a.atMost - b.atMost)
  return holding[0] === undefined ? 'A cap no longer holds' : `${holding[0].because}: capped at ${holding[0].atMost}`
}

function worstMeasure({ measures }: ComponentScore) {
  return measures.filter(({ score }) => score !== undefined).sort((a, b) => b.lost - a.lost)[0]
}

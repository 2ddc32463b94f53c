import type { ObservedAccount } from '../../domain/accounts/account.ts'
import type { AlertKind } from '../../domain/alerts/alert-kind.ts'
import { pulseDivergence } from '../../domain/alerts/alert-rules.ts'
import { capitalized } from '../../domain/capitalized.ts'
import type { Model } from '../../domain/model/model.ts'
import { shownAs } from '../../domain/number.ts'
import { percent } from '../../domain/percent.ts'
import type { Health } from '../../domain/scoring/health.ts'
import { saying } from './plain-reading.ts'
import { reasonText } from './why.ts'

/** Why an alert of a kind opens, in words that stay true: `alertReasonText` adds what depends on the day of reading. */
export function alertReason(model: Model, account: ObservedAccount, health: Health, kind: AlertKind): string {
  const reason = reasonText(model, health)
  switch (kind) {
    case 'expansion_ready':
      return growthReason(model, health)
    case 'went_silent':
      return `Only ${percent(health.now.coverage)} of the score's weight has current data. ${reason}`
    case 'pulse_divergence': {
      const found = pulseDivergence(model, account, health.now)
      return found === undefined ? reason : `The pulse says ${found.rating}, the data says ${shownAs(found.rest)}`
    }
    case 'at_risk':
    case 'sharp_drop':
    case 'renewal_risk':
      return reason
  }
}

/** Why an account is ready to grow: the growth signals that the model watches. */
function growthReason(model: Model, { now }: Health): string {
  const signals = model.watch.flatMap(measure => {
    const reading = now.readings().get(measure.id)
    return reading?.restsOnEvidence === true && (reading.value ?? 0) > 0
      ? [saying(model, measure, reading, { keptAt: now.at })]
      : []
  })
  return signals.length === 0
    ? `Score ${now.score?.shown ?? 0}, and steady`
    : capitalized(signals.slice(0, 2).join('; '))
}

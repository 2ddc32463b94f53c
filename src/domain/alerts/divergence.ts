import type { ObservedAccount } from '../accounts/account.ts'
import type { Model } from '../model/model.ts'
import { isAtLeast } from '../number.ts'
import type { Assessment } from '../scoring/score.ts'
import { pulseDivergence } from './alert-rules.ts'

/** A pulse next to what the rest of the score says. */
export type Divergence = NonNullable<ReturnType<typeof pulseDivergence>>

/** By how many points the two may differ, unless the model says otherwise. */
const POINTS = 30

/** The divergence of a pulse, if it is wide enough to mention. */
export function wideDivergence(model: Model, account: ObservedAccount, now: Assessment): Divergence | undefined {
  const found = pulseDivergence(model, account, now)
  const points = model.alerts.find(({ kind }) => kind === 'pulse_divergence')?.points ?? POINTS
  return found !== undefined && isAtLeast(Math.abs(found.pulse - found.rest), points) ? found : undefined
}

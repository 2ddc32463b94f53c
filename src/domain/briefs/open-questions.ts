import type { ObservedAccount } from '../accounts/account.ts'
import type { Component, Model } from '../model/model.ts'
import { topDriver } from '../scoring/driver.ts'
import type { Health } from '../scoring/health.ts'
import { reachOf } from '../scoring/reach.ts'
import type { ComponentScore, MeasureScore } from '../scoring/score.ts'

/** What the model says is worth asking, and what it would need to know. */
export type OpenQuestions = {
  /** The model's own `ask`, of what costs the most first. */
  readonly asks: readonly { readonly component: Component; readonly question: string }[]
  /** Measures without a current reading. */
  readonly unread: readonly MeasureScore[]
  /** Attributes that the model asks about and that the account does not have. */
  readonly missing: readonly string[]
}

const MOST_ASKS = 6

const UNREAD: readonly string[] = ['never', 'stale', 'undefined']

export function openQuestions(model: Model, health: Health, { attribute }: ObservedAccount): OpenQuestions {
  const { now } = health
  const driver = topDriver(health)
  const weightOf = ({ lost, score, weight }: ComponentScore) => (score === undefined ? weight : lost)
  const asks = now
    .components()
    .filter(part => weightOf(part) > 0)
    .toSorted(
      (a, b) => Number(b.component.id === driver) - Number(a.component.id === driver) || weightOf(b) - weightOf(a),
    )
    .flatMap(({ component }) => component.ask.map(question => ({ component, question })))
  const unread = now
    .components()
    .flatMap(({ measures }) => measures)
    .filter(({ reading }) => UNREAD.includes(reading.state))
  const named = unread.flatMap(({ measure: { input } }) => (input.from === 'attribute' ? [input.attribute] : []))
  const missing = reachOf([model], now.at).attributes.filter(
    name => attribute(name, now.at) === undefined && !named.includes(name),
  )
  return { asks: asks.slice(0, MOST_ASKS), unread, missing }
}

import { type AttributeValue, attributesOf, type ObservedAccount } from '../../src/domain/accounts/account.ts'
import { groupedBy } from '../../src/domain/grouped.ts'
import type { Model } from '../../src/domain/model/model.ts'
import { evaluate, type Past, type ScoringMode, type Transition } from '../../src/domain/scoring/evaluate.ts'
import { type History, historyOf } from '../../src/domain/scoring/readings/window.ts'
import { type Signal, signalsAsOf } from '../../src/domain/sources/signal.ts'
import { DAY, type Instant } from '../../src/domain/time/instant.ts'
import { checkModel } from '../../src/model/load.ts'

/** A scheduled scoring. */
export const NOW: Instant = Date.UTC(2026, 10, 1, 6)

/** The model in a file's text, which must be right. */
export function modelIn(text: string): Model {
  const checked = checkModel(text)
  if (checked.model === undefined) throw new Error(JSON.stringify(checked.errors))
  return checked.model
}

/** Bands at 40 and 70. */
export const BANDS = `
bands:
  - {id: at_risk, role: at_risk, from: 0}
  - {id: attention, role: attention, from: 40}
  - {id: healthy, role: healthy, from: 70}
`

/** A model of one component of one measure. */
export function modelOfMeasure(measure: string, more = ''): Model {
  return modelIn(`
name: one
components:
  - {id: only, weight: 1, measures: [{id: it, ${measure}}]}
${BANDS}${more}`)
}

export function signal(metric: string, daysAgo: number, value: number, more: Partial<Signal> = {}): Signal {
  const observedAt = NOW - daysAgo * DAY
  return { metric, value, observedAt, receivedAt: observedAt, id: '', ...more }
}

export type Attributes = Readonly<Record<string, string | readonly AttributeValue[]>>

/** An account in memory; an attribute that is one text always was so. */
export function accountOf(
  signals: readonly Signal[],
  attributes: Attributes = {},
  connectedAt?: History['connectedAt'],
): ObservedAccount {
  const values = Object.entries(attributes).map(([name, value]): [string, readonly AttributeValue[]] => [
    name,
    typeof value === 'string' ? [{ from: 0, value }] : value,
  ])
  return { history: historyOf(signalsAsOf(signals, Infinity), connectedAt), attribute: attributesOf(new Map(values)) }
}

/** A world of the oracle's as an account in memory. */
export function observedWorld({ signals, attributes }: { signals: readonly Signal[]; attributes: readonly Version[] }) {
  const sorted = [...attributes].sort((a, b) => a.at - b.at).map(({ name, value, at }) => ({ name, value, from: at }))
  const byName = [...groupedBy(sorted, ({ name }) => name)].map(([name, versions]) => {
    const known = versions.findIndex(({ value }) => value !== undefined)
    return [name, known === -1 ? [] : versions.slice(known)] as const
  })
  return accountOf(signals, Object.fromEntries(byName))
}

type Version = { readonly name: string; readonly value: string | undefined; readonly at: Instant }

export type AnnouncedStatus = {
  readonly verdict: string
  readonly ready: boolean
  readonly transitions: readonly Transition[]
}

/** What is told after each of these scorings, `[instant, mode]`, in order. */
export function tell(
  model: Model,
  account: ObservedAccount,
  scorings: readonly (readonly [Instant, ScoringMode])[],
): AnnouncedStatus[] {
  let past: Past = { earlier: [], alerts: [] }
  return scorings.map(([at, mode]) => {
    const { status, health, expansionHeld, transitions } = evaluate(model, account, past, at, mode)
    const shown = health.now.score?.shown
    const scoring = { hasSharpDrop: status.hasSharpDrop, expansionHeld, ...(shown !== undefined && { shown }) }
    const earlier = mode === 'scheduled' ? [scoring, ...past.earlier] : past.earlier
    past = { announced: status, earlier: earlier.slice(0, model.settling.dwell), alerts: [] }
    return { verdict: status.verdict, ready: status.expansionReady, transitions }
  })
}

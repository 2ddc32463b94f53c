import { describe, expect, it } from 'vitest'
import { alertChanges, type CurrentStatus } from '../../src/domain/alerts/alert.ts'
import { ALERT_KINDS, type AlertKind } from '../../src/domain/alerts/alert-kind.ts'
import type { Scoring } from '../../src/domain/scoring/settle.ts'
import { checkModel } from '../../src/model/load.ts'
import { SMALL_MODEL } from '../support/small-model.ts'

const { model: small } = checkModel(SMALL_MODEL)
if (small === undefined) throw new Error('the small model is valid')
const model = { ...small, alerts: ALERT_KINDS.map(kind => ({ kind, critical: false, points: 30, within: 0 })) }

const CALM: CurrentStatus = { verdict: 'healthy', hasSharpDrop: false, expansionReady: false, rules: [] }

/** How an account stands while the rule of a kind holds, and nothing else. */
const WHILE: Readonly<Record<AlertKind, CurrentStatus>> = {
  at_risk: { ...CALM, verdict: 'at_risk', rules: ['at_risk'] },
  sharp_drop: { ...CALM, hasSharpDrop: true, rules: ['sharp_drop'] },
  expansion_ready: { ...CALM, expansionReady: true, rules: ['expansion_ready'] },
  pulse_divergence: { ...CALM, rules: ['pulse_divergence'] },
  renewal_risk: { ...CALM, rules: ['renewal_risk'] },
  went_silent: { ...CALM, verdict: 'unknown', rules: ['went_silent'] },
}

const scoring = ({ hasSharpDrop, expansionReady, rules }: CurrentStatus): Scoring => ({
  hasSharpDrop,
  expansionHeld: expansionReady,
  ...(rules && { rules }),
})

const changes = (
  before: CurrentStatus | undefined,
  now: CurrentStatus,
  open: AlertKind[] = [],
  earlier: CurrentStatus[] = [],
) => alertChanges(model, model.bands, before, now, open, earlier.map(scoring))

describe.each(ALERT_KINDS)('an alert of the kind %s', kind => {
  it('opens when its rule starts to hold, once', () => {
    expect(changes(CALM, WHILE[kind]).open).toEqual([kind])
    expect(changes(CALM, WHILE[kind], [kind]).open).toEqual([])
    expect(changes(WHILE[kind], WHILE[kind]).open).toEqual([])
  })

  it('is not opened by a first status', () => {
    expect(changes(undefined, WHILE[kind]).open).toEqual([])
  })

  it('stays while its rule holds, and is resolved once it has not for as long as settling takes', () => {
    expect(changes(WHILE[kind], WHILE[kind], [kind], [CALM]).resolve).toEqual([])
    expect(changes(CALM, CALM, [kind], [CALM]).resolve).toEqual([kind])
  })
})

it.each(['sharp_drop', 'pulse_divergence', 'renewal_risk', 'went_silent'] as const)(
  'keeps %s on the first day without it',
  kind => {
    expect(changes(WHILE[kind], CALM, [kind], [WHILE[kind]]).resolve).toEqual([])
  },
)

it('keeps an at-risk alert while the account is silent', () => {
  expect(changes(WHILE.at_risk, WHILE.went_silent, ['at_risk'], [CALM]).resolve).toEqual([])
})

it('opens no alert for a rule that nobody looked at before', () => {
  const { rules: _, ...unknown } = CALM

  expect(changes(unknown, WHILE.renewal_risk).open).toEqual([])
})

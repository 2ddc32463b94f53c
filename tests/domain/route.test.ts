import { describe, expect, it } from 'vitest'
import { mostUrgentFirst } from '../../src/domain/alerts/alert-kind.ts'
import { isStorm, type Route, routeFor, stepsFor, targetsFor } from '../../src/domain/alerts/route.ts'
import type { Facts } from '../../src/domain/model/condition.ts'

const facts = (attributes: Record<string, string>): Facts => ({
  score: () => 30,
  scoreChange: () => undefined,
  band: () => 'at_risk',
  component: id => (id === 'usage' ? 20 : undefined),
  measure: () => undefined,
  attribute: name => attributes[name],
  alertIsOpen: () => false,
})

const CHANNEL = { platform: 'slack', channel: 'C1' }
const ENTERPRISE: Route = {
  when: { subject: { of: 'attribute', name: 'segment' }, comparison: { by: 'is', texts: ['enterprise'] } },
  alerts: ['at_risk'],
  to: [CHANNEL, 'owner'],
}
const USAGE: Route = {
  when: { subject: { of: 'component', name: 'usage' }, comparison: { by: 'below', number: 30 } },
  alerts: ['sharp_drop'],
  to: [{ platform: 'slack', channel: 'C2' }],
}
const REST: Route = { to: ['owner'] }

describe('the route of an alert is the first', () => {
  it.each([
    ['whose condition holds', 'at_risk', 'enterprise', ENTERPRISE],
    ['that takes its kind', 'went_silent', 'enterprise', REST],
    ['whose condition about a component holds', 'sharp_drop', 'enterprise', USAGE],
    ['that has no condition, where no other holds', 'at_risk', 'smb', REST],
  ] as const)('%s', (_, kind, segment, expected) => {
    expect(routeFor([ENTERPRISE, USAGE, REST], kind, facts({ segment }), 0)).toBe(expected)
  })

  it('and there is none where nothing fits', () => {
    expect(routeFor([ENTERPRISE], 'sharp_drop', facts({ segment: 'enterprise' }), 0)).toBeUndefined()
  })
})

it('tells the owner alone that pulse and data disagree', () => {
  expect(targetsFor(ENTERPRISE, 'pulse_divergence')).toEqual(['owner'])
  expect(targetsFor(ENTERPRISE, 'at_risk')).toEqual([CHANNEL, 'owner'])
})

describe('what nobody claims escalates', () => {
  const escalation = [
    { after: 1, to: 'owner' },
    { after: 2, to: CHANNEL },
    { after: 3, to: 'manager' },
  ] as const

  it('as the route says', () => {
    expect(stepsFor({ escalation }, 'at_risk', ['boss@x'])).toEqual(escalation)
  })

  it('to the owner and then to each admin, never to a channel, where it is confidential', () => {
    expect(stepsFor({ escalation }, 'pulse_divergence', ['boss@x', 'chief@x'])).toEqual([
      { after: 1, to: 'owner' },
      { after: 2, to: { email: 'boss@x' } },
      { after: 2, to: { email: 'chief@x' } },
    ])
  })
})

it('puts the most urgent alert first, and of equal ones the account with the most ARR', () => {
  const alerts = [
    { kind: 'expansion_ready' as const, about: { arr: 9 } },
    { kind: 'sharp_drop' as const, about: { arr: 1 } },
    { kind: 'pulse_divergence' as const },
    { kind: 'sharp_drop' as const, about: { arr: 2 } },
    { kind: 'at_risk' as const },
    { kind: 'went_silent' as const },
    { kind: 'renewal_risk' as const },
  ]

  expect(alerts.toSorted(mostUrgentFirst).map(({ kind, about }) => `${kind} ${about?.arr ?? ''}`.trim())).toEqual([
    'renewal_risk',
    'at_risk',
    'sharp_drop 2',
    'sharp_drop 1',
    'went_silent',
    'pulse_divergence',
    'expansion_ready 9',
  ])
})

describe('a storm', () => {
  it.each([
    ['is more alerts than the settings allow', { alerts: 21, concerned: 21, accounts: 10_000 }, true],
    ['is not as many as they allow', { alerts: 20, concerned: 20, accounts: 10_000 }, false],
    ['is more than a share of the accounts', { alerts: 11, concerned: 11, accounts: 100 }, true],
    ['is not that share itself', { alerts: 10, concerned: 10, accounts: 100 }, false],
    ['is never a handful of accounts', { alerts: 12, concerned: 4, accounts: 5 }, false],
  ])('%s', (_, run, expected) => {
    expect(isStorm(run, { alerts: 20, share: 0.1 })).toBe(expected)
  })
})

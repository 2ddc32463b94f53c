import { describe, expect, it } from 'vitest'
import type { Facts } from '../../src/domain/condition.ts'
import { isStorm, type Route, routeFor, targetsFor } from '../../src/domain/route.ts'

const facts = (attributes: Record<string, string>): Facts => ({
  score: () => 30,
  scoreChange: () => undefined,
  band: () => 'at_risk',
  component: id => (id === 'usage' ? 20 : undefined),
  measure: () => undefined,
  attribute: name => attributes[name],
  alertIsOpen: () => false,
})

const ENTERPRISE: Route = {
  when: { subject: { of: 'attribute', name: 'segment' }, comparison: { by: 'is', texts: ['enterprise'] } },
  alerts: ['at_risk'],
  to: ['slack:C1', 'owner'],
}
const USAGE: Route = {
  when: { subject: { of: 'component', name: 'usage' }, comparison: { by: 'below', number: 30 } },
  alerts: ['sharp_drop'],
  to: ['slack:C2'],
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
  expect(targetsFor(ENTERPRISE, 'at_risk')).toEqual(['slack:C1', 'owner'])
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

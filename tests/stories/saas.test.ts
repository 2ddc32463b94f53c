import { describe, expect, it } from 'vitest'
import { type Expected, outcomeOf } from '../support/story-outcome.ts'

const STORIES: readonly (readonly [says: string, id: string, expected: Expected])[] = [
  [
    'a perfect NPS does not hide that logins fall and key features stay unused',
    'high-nps',
    { verdict: 'attention', direction: 'falling', driver: 'key_features', idle: ['voice', 'renewals'] },
  ],
  [
    'invoices paid on time do not hide more and more tickets',
    'punctual-payer',
    { verdict: 'healthy', direction: 'falling', driver: 'support', idle: ['renewals', 'activity'] },
  ],
  [
    'bitter comments count while the product is used heavily',
    'bitter-comments',
    { verdict: 'healthy', direction: 'falling', driver: 'voice', idle: ['activity', 'key_features', 'active_users'] },
  ],
  ['one bad CSAT leaves a loyal account healthy', 'one-bad-day', { verdict: 'healthy', direction: 'steady' }],
  [
    'use that is down 40% in 30 days is falling',
    'use-down',
    { verdict: 'healthy', direction: 'falling', driver: 'active_users', idle: ['voice', 'support', 'renewals'] },
  ],
  [
    'who pays in silence and gives back seats each quarter needs attention',
    'shrinking',
    { verdict: 'attention', direction: 'falling', driver: 'csm_contact', idle: ['support'] },
  ],
  ['72 that was 88 a month ago is falling', 'lost-month', { verdict: 'healthy', direction: 'falling' }],
  ['55 that was 35 a month ago is rising', 'climbing-back', { verdict: 'attention', direction: 'rising' }],
  ['70 that was 90 a month ago is falling', 'from-ninety', { verdict: 'healthy', direction: 'falling' }],
  ['60 as ever is steady', 'steady-sixty', { verdict: 'attention', direction: 'steady' }],
  [
    'an account whose sponsor left is no longer healthy, whatever else is well',
    'sponsor-left',
    { verdict: 'attention', direction: 'falling', driver: 'cap', idle: ['voice', 'active_users'] },
  ],
  [
    'an NPS of 9 does not make up for a sponsor who leaves',
    'nine-and-gone',
    { verdict: 'attention', direction: 'falling', driver: 'cap', idle: ['voice'] },
  ],
  ['72 is healthy in a lean start-up', 'lean-startup', { verdict: 'healthy', direction: 'steady' }],
  ['72 is a warning in an enterprise', 'strict-enterprise', { verdict: 'attention', direction: 'steady' }],
  ['seats that are full make a healthy account', 'full-house', { verdict: 'healthy', direction: 'steady' }],
  ['no data is no verdict', 'no-data', { verdict: 'unknown' }],
  [
    'three plants that stop using it put a large account at risk',
    'acme',
    { verdict: 'at_risk', direction: 'falling', driver: 'active_users', idle: ['renewals'] },
  ],
]

describe('the SaaS preset', () => {
  it.each(STORIES)('%s', (_, id, { idle = [], ...expected }) => {
    const outcome = outcomeOf(id)

    expect(outcome).toMatchObject(expected)
    expect(outcome.pulling.filter(component => idle.includes(component))).toEqual([])
  })

  const FIGURES: readonly (readonly [id: string, aMonthAgo: number, today: number])[] = [
    ['lost-month', 88, 72],
    ['climbing-back', 35, 55],
    ['from-ninety', 90, 70],
    ['sponsor-left', 92, 50],
  ]

  it.each(FIGURES)('shows %s at %i a month ago and %i today', (id, aMonthAgo, today) => {
    expect(outcomeOf(id)).toMatchObject({ aMonthAgo, shown: today })
  })

  it('has no number for an account without data', () => {
    expect(outcomeOf('no-data')).toMatchObject({ shown: undefined, direction: undefined, driver: undefined })
  })

  it('gives the start-up and the enterprise the same 72', () => {
    expect([outcomeOf('lean-startup').shown, outcomeOf('strict-enterprise').shown]).toEqual([72, 72])
  })

  it('puts 90 to 70 before a steady 60', () => {
    const change = (id: string) => Number(outcomeOf(id).shown) - Number(outcomeOf(id).aMonthAgo)

    expect(['steady-sixty', 'from-ninety'].sort((a, b) => change(a) - change(b))).toEqual([
      'from-ninety',
      'steady-sixty',
    ])
  })

  it('trusts five users more than one of five', () => {
    expect(outcomeOf('five-users').shown).toBeGreaterThan(Number(outcomeOf('one-user').shown) + 10)
  })
})

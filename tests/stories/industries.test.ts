import { describe, expect, it } from 'vitest'
import { type Expected, outcomeOf } from '../support/story-outcome.ts'

const STORIES: readonly (readonly [says: string, id: string, expected: Expected])[] = [
  [
    'SaaS: a high NPS, logins halved, key features unused',
    'high-nps',
    { verdict: 'attention', direction: 'falling', driver: 'key_features', idle: ['voice'] },
  ],
  [
    'services: invoices on time, but no meetings, no replies and a smaller scope',
    'quiet-client',
    { verdict: 'attention', direction: 'falling', driver: 'contact', idle: ['payment'] },
  ],
  [
    'e-commerce: a year of orders, then none for months, mails unopened, a bad delivery',
    'lapsed-shopper',
    { verdict: 'at_risk', direction: 'falling', driver: 'purchases', idle: ['complaints'] },
  ],
  [
    'banking: valuable, trouble with the app again and again, products unused',
    'valuable-saver',
    { verdict: 'attention', direction: 'falling', driver: 'digital', idle: ['payments', 'trust'] },
  ],
  [
    'insurance: renewed for years, then one badly handled claim',
    'bad-claim',
    { verdict: 'at_risk', direction: 'falling', driver: 'cap', idle: ['renewal'] },
  ],
  [
    'retail: still buys, returns more, rates lower, leaves the app unused',
    'faithful-buyer',
    { verdict: 'attention', direction: 'falling', driver: 'returns', idle: ['purchases'] },
  ],
]

describe('the story of each industry', () => {
  it.each(STORIES)('%s', (_, id, { idle = [], ...expected }) => {
    const outcome = outcomeOf(id)

    expect(outcome).toMatchObject(expected)
    expect(outcome.pulling.filter(component => idle.includes(component))).toEqual([])
  })

  it('lets the complaints and the use drive the banking story', () => {
    expect(outcomeOf('valuable-saver').pulling).toEqual(expect.arrayContaining(['complaints', 'digital', 'products']))
  })

  it('lets the newest claim outweigh a history that alone would need attention only', () => {
    expect(outcomeOf('bad-claim')).toMatchObject({ shown: 39 })
    expect(outcomeOf('bad-claim').uncapped).toBeGreaterThan(55)
  })
})

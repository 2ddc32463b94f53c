import { describe, expect, it } from 'vitest'
import { attributesAsked, isCustomer, whyRetired } from '../../src/domain/accounts/customer.ts'
import type { Condition } from '../../src/domain/model/condition.ts'
import { DAY } from '../../src/domain/time/instant.ts'
import { routesSchema } from '../../src/model/routes.ts'

const NOW = Date.UTC(2026, 10, 2)
const DEFAULT = routesSchema.parse({}).customers
const own = (customers: unknown): Condition => routesSchema.parse({ customers }).customers
const with_ = (attributes: Record<string, string>) => (name: string) => attributes[name]

describe('a customer is an account', () => {
  it.each<[string, Condition, Record<string, string>, boolean]>([
    ['of which nothing is known', DEFAULT, {}, true],
    ['that is active', DEFAULT, { lifecycle: 'active' }, true],
    ['but not one that churned', DEFAULT, { lifecycle: 'churned' }, false],
    ['but not one that is closed', DEFAULT, { lifecycle: 'closed' }, false],
    ['though a condition of the own cannot be decided', own({ attribute: 'plan', is: 'paid' }), {}, true],
    ['but not one that fails it', own({ attribute: 'plan', is: 'paid' }), { plan: 'trial' }, false],
    ['before its end', own({ days_until: 'ends_on', above: 0 }), { ends_on: '2026-11-03' }, true],
    ['but not after it', own({ days_until: 'ends_on', above: 0 }), { ends_on: '2026-11-02' }, false],
    [
      'as long as one part is unknown and none is false',
      own({
        all: [
          { attribute: 'plan', is: 'paid' },
          { attribute: 'lifecycle', is_not: 'churned' },
        ],
      }),
      { lifecycle: 'active' },
      true,
    ],
    [
      'but not where one part is false, whatever the other is',
      own({
        all: [
          { attribute: 'plan', is: 'paid' },
          { attribute: 'lifecycle', is_not: 'churned' },
        ],
      }),
      { lifecycle: 'churned' },
      false,
    ],
  ])('%s', (_, customers, attributes, expected) => {
    expect(isCustomer(customers, with_(attributes), NOW)).toBe(expected)
  })
})

it('the reason names what was asked, and what is known of it', () => {
  const customers = own({
    any: [
      { attribute: 'plan', is: 'paid' },
      { days_until: 'ends_on', above: 0 },
    ],
  })

  expect(attributesAsked(customers)).toEqual(['plan', 'ends_on'])
  expect(whyRetired(customers, with_({ plan: 'none', other: 'x' }), NOW + DAY)).toBe('plan is none')
})

import { expect, it } from 'vitest'
import { alertLoad } from '../../../src/domain/outcomes/alert-load.ts'
import type { Outcome } from '../../../src/domain/outcomes/outcome.ts'
import { DAY } from '../../../src/domain/time/instant.ts'

const START = Date.UTC(2026, 0, 1)
const outcome = (account: number, on: string, kind: Outcome['kind']): Outcome => ({
  account,
  on,
  kind,
  source: 'test',
  recordedAt: 0,
})
const alert = (account: number, day: number, owner = 'ann') => ({ account, owner, openedAt: START + day * DAY })

it('an alert is false where the first outcome within 180 days was good', () => {
  const outcomes = [
    outcome(1, '2026-02-01', 'renewed'),
    outcome(1, '2026-03-01', 'churned'),
    outcome(2, '2026-02-01', 'contracted'),
    outcome(3, '2026-12-01', 'renewed'),
  ]

  const load = alertLoad([alert(1, 0), alert(2, 0), alert(3, 0)], outcomes)

  expect(load).toMatchObject({ opened: 3, followed: 2, falseShare: { value: 0.5 } })
})

it('the load is the median over owners, by the month', () => {
  const alerts = [
    alert(1, 0),
    alert(1, 60.88),
    alert(2, 30, 'bob'),
    alert(2, 31, 'bob'),
    alert(2, 32, 'bob'),
    alert(2, 33, 'bob'),
  ]

  expect(alertLoad(alerts, []).perOwnerAndMonth).toBeCloseTo(1.5, 9)
  expect(alertLoad([], [])).toEqual({ opened: 0, perOwnerAndMonth: undefined, followed: 0, falseShare: undefined })
})

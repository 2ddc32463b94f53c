import { expect, it } from 'vitest'
import { type Outcome, type OutcomeKind, worstOfEachDay } from '../../src/domain/outcomes/outcome.ts'

const outcome = (account: number, on: string, kind: OutcomeKind): Outcome => ({
  account,
  on,
  kind,
  source: 'csv',
  recordedAt: 0,
})

it('of several outcomes of an account on one day the worst counts, and days stay apart', () => {
  const all = [
    outcome(1, '2025-05-01', 'renewed'),
    outcome(1, '2025-05-01', 'contracted'),
    outcome(2, '2025-05-01', 'expanded'),
    outcome(2, '2025-05-01', 'churned'),
    outcome(1, '2025-04-01', 'renewed'),
  ]

  const counted = worstOfEachDay(all)

  expect(counted.map(({ account, on, kind }) => `${account} ${on} ${kind}`)).toEqual([
    '1 2025-04-01 renewed',
    '1 2025-05-01 contracted',
    '2 2025-05-01 churned',
  ])
})

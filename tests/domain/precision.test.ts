import { expect, it } from 'vitest'
import type { AlertFeedback } from '../../src/domain/alerts/feedback.ts'
import { isOverBudget, precisionByOwner, precisionOf, type RatedAlert } from '../../src/domain/alerts/precision.ts'

const alert = (owner: string | undefined, ...verdicts: AlertFeedback[]): RatedAlert => ({
  kind: 'at_risk',
  ...(owner !== undefined && { owner }),
  verdicts,
})
const times = (count: number, verdict: AlertFeedback) => Array.from({ length: count }, () => alert('dana', verdict))
const BUDGET = { wrong: 0.3, answered: 10 }

it('is useful of useful and wrong, with what was known and unanswered counted apart', () => {
  const alerts = [...times(3, 'useful'), ...times(1, 'wrong'), ...times(4, 'known'), alert('dana')]

  expect(precisionOf(alerts)).toEqual({ useful: 3, wrong: 1, known: 4, unanswered: 1, precision: 0.75 })
})

it('has no precision before anything was called useful or wrong', () => {
  expect(precisionOf([alert('dana', 'known'), alert('eve')])).toEqual({ useful: 0, wrong: 0, known: 1, unanswered: 1 })
})

it('counts an alert once, as most people rate it, and kindly when they are divided', () => {
  expect(precisionOf([alert('dana', 'wrong', 'wrong', 'useful')])).toMatchObject({ wrong: 1, useful: 0 })
  expect(precisionOf([alert('dana', 'wrong', 'useful')])).toMatchObject({ wrong: 0, useful: 1 })
})

it('tells owners apart, and accounts without one', () => {
  const found = precisionByOwner([alert('dana', 'useful'), alert('eve', 'wrong'), alert(undefined)])

  expect([...found].map(([owner, { precision }]) => [owner, precision])).toEqual([
    ['dana', 1],
    ['eve', 0],
    [undefined, undefined],
  ])
})

it.each([
  ['stays within its budget at exactly the share that is allowed', 7, 0, 3, false],
  ['is over it with one more', 6, 0, 4, true],
  ['is not judged by too few answers', 0, 0, 9, false],
  ['is eased by what was known already', 4, 7, 4, false],
])('a rule %s', (_, useful, known, wrong, over) => {
  const alerts = [...times(useful, 'useful'), ...times(known, 'known'), ...times(wrong, 'wrong')]

  expect(isOverBudget(precisionOf(alerts), BUDGET)).toBe(over)
  expect(isOverBudget(precisionOf(alerts), undefined)).toBe(false)
})

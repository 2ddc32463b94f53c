import { describe, expect, it } from 'vitest'
import { type Condition, type Facts, truthOf } from '../../src/domain/model/condition.ts'
import { DAY, HOUR } from '../../src/domain/time/instant.ts'
import { NOW } from '../support/world-of-scores-in-memory.ts'

const nothing: Facts = {
  score: () => undefined,
  scoreChange: () => undefined,
  band: () => undefined,
  component: () => undefined,
  measure: () => undefined,
  attribute: () => undefined,
  alertIsOpen: () => false,
}

describe('days until a date', () => {
  const within = (by: 'at_least' | 'at_most' | 'below', number: number): Condition => ({
    subject: { of: 'days_until', name: 'renewal_on' },
    comparison: { by, number },
  })
  const midnight = Date.UTC(2026, 10, 1)

  it.each([
    ['a day is a day', '2026-11-02', midnight, within('at_most', 1), true],
    ['count from midnight UTC, with their fraction', '2026-11-02', midnight + 6 * HOUR, within('at_most', 0.75), true],
    ['and not from the end of that day', '2026-11-02', midnight + 6 * HOUR, within('at_least', 0.76), false],
    ['are zero at midnight of the date', '2026-11-01', midnight, within('at_least', 0), true],
    ['are negative when past', '2026-10-31', midnight, within('below', 0), true],
    ['are negative already on the date itself, after midnight', '2026-11-01', midnight + 1, within('below', 0), true],
    ['are how long it is past', '2026-10-02', midnight, within('at_most', -30), true],
    ['are unknown of what is no date', 'soon', midnight, within('at_most', 1000), undefined],
    ['are unknown of a date that there is not', '2026-02-30', midnight, within('at_most', 1000), undefined],
  ])('%s', (_, date, at, condition, truth) => {
    expect(truthOf(condition, { ...nothing, attribute: () => date }, at)).toBe(truth)
  })
})

describe('held for', () => {
  const scoreOf80 = (days: number): Condition => ({
    subject: { of: 'score' },
    comparison: { by: 'at_least', number: 80 },
    heldFor: days * DAY,
  })
  /** `scores` from today backwards; beyond them nothing is known. */
  const past = (scores: readonly (number | undefined)[]): Facts => ({
    ...nothing,
    score: at => scores[(NOW - at) / DAY],
  })

  it.each([
    ['today and each of the days before', 2, [80, 80, 80], true],
    ['the oldest of them too', 2, [80, 80, 79], false],
    ['none older than that', 2, [80, 80, 80, 0], true],
    ['today', 2, [79, 80, 80], false],
    ['unknown where a day is unknown and none is false', 2, [80, undefined, 80], undefined],
    ['false where a day is false, unknown or not', 2, [undefined, 79, 80], false],
  ])('asks for %s', (_, days, scores, truth) => {
    expect(truthOf(scoreOf80(days), past(scores), NOW)).toBe(truth)
  })

  it('looks at N + 1 instants, exactly a day apart', () => {
    const asked: number[] = []
    const score = (at: number) => {
      asked.push((NOW - at) / DAY)
      return 90
    }

    truthOf(scoreOf80(14), { ...nothing, score }, NOW)

    expect(asked).toEqual(Array.from({ length: 15 }, (_, day) => day))
  })
})

describe('a change of the score', () => {
  const change: Condition = {
    subject: { of: 'score_change', over: 30 * DAY },
    comparison: { by: 'above', number: -5 },
  }

  it.each([
    ['holds above the number', -4, true],
    ['counts a fall of exactly that much', -5, false],
    ['is unknown where either end lacks the data for a verdict', undefined, undefined],
  ])('%s', (_, points, truth) => {
    const scoreChange = (over: number, at: number) => (over === 30 * DAY && at === NOW ? points : 0)

    expect(truthOf(change, { ...nothing, scoreChange }, NOW)).toBe(truth)
  })
})

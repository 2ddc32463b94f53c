import { describe, expect, it } from 'vitest'
import { assess } from '../../src/domain/scoring/score.ts'
import type { Signal } from '../../src/domain/sources/signal.ts'
import { accountOf, modelOfMeasure, NOW, signal } from '../support/world-of-scores-in-memory.ts'

function read(measure: string, signals: readonly Signal[]): string {
  const model = modelOfMeasure(`${measure}, scale: {0: 0, 100: 100}`)
  const reading = assess(model, accountOf(signals), NOW).readings().get('it')
  return [reading?.state, reading?.value, reading?.signals].filter(part => part !== undefined).join(' ')
}

const users = (daysAgo: number, value: number) => signal('users', daysAgo, value)
const seats = (daysAgo: number, value: number) => signal('seats', daysAgo, value)

describe('a reading per another', () => {
  const perSeat = 'metric: users, take: mean, over: 30d, per: {metric: seats, take: latest, over: 60d}'
  it.each([
    ['is divided by it', [users(1, 9), seats(1, 12)], 'present 0.75 1'],
    ['is never without a divisor', [users(1, 9)], 'never 1'],
    ['is stale without a divisor in its window', [users(1, 9), seats(60, 12)], 'stale 1'],
    ['is undefined over zero', [users(1, 9), seats(1, 0)], 'undefined 1'],
    ['is what the metric is when that is missing: never', [seats(1, 0)], 'never 0'],
    ['is what the metric is when that is missing: stale', [users(31, 9), seats(70, 0)], 'stale 0'],
    ['may be zero', [users(1, 0), seats(1, 12)], 'present 0 1'],
    ['takes the newest divisor', [users(1, 9), seats(2, 3), seats(1, 12)], 'present 0.75 1'],
  ])('%s', (_, signals, reading) => {
    expect(read(perSeat, signals)).toBe(reading)
  })

  it.each([
    [
      'the divisor is the latest, ever, when the model says no more',
      '{metric: seats}',
      [seats(4000, 3)],
      'present 3 1',
    ],
    [
      'it may be a sum',
      '{metric: seats, take: sum, over: 30d}',
      [seats(1, 3), seats(2, 6), seats(31, 1)],
      'present 1 1',
    ],
    ['it may be a count', '{metric: seats, take: count}', [seats(1, 30), seats(2, 6), seats(31, 1)], 'present 3 1'],
  ])('%s', (_, per, divisors, reading) => {
    expect(read(`metric: users, take: sum, over: 30d, per: ${per}`, [users(1, 9), ...divisors])).toBe(reading)
  })
})

describe('a value for an empty window', () => {
  const perSeat = 'metric: users, take: sum, over: 30d, when_empty: 6, per: {metric: seats, over: 60d}'
  const once = users(40, 1)
  it.each([
    ['is filled in before the division', [once, seats(1, 12)], 'present 0.5 0'],
    ['leaves the divisor to decide: never', [once], 'never 0'],
    ['leaves the divisor to decide: stale', [once, seats(61, 12)], 'stale 0'],
    ['leaves the divisor to decide: undefined', [once, seats(1, 0)], 'undefined 0'],
    ['is not filled in before anybody had the metric', [seats(1, 12)], 'never 0'],
  ])('%s', (_, signals, reading) => {
    expect(read(perSeat, signals)).toBe(reading)
  })

  it('rests on its divisor: no use of fifty licensed seats is known, not unknown', () => {
    const model = modelOfMeasure(`${perSeat}, scale: {0: 0, 1: 100}`)

    expect(assess(model, accountOf([once, seats(1, 12)]), NOW)).toMatchObject({ coverage: 1, score: { value: 50 } })
  })

  it('makes no score alone', () => {
    const model = modelOfMeasure('metric: users, take: sum, over: 30d, when_empty: 6, scale: {0: 0, 10: 100}')

    expect(assess(model, accountOf([once]), NOW)).toMatchObject({ coverage: 0, isCovered: false })
    expect(assess(model, accountOf([once]), NOW).score).toBeUndefined()
  })
})

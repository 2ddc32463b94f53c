import { describe, expect, it } from 'vitest'
import type { History } from '../../src/domain/scoring/readings/window.ts'
import { assess } from '../../src/domain/scoring/score.ts'
import type { Signal } from '../../src/domain/sources/signal.ts'
import { DAY } from '../../src/domain/time/instant.ts'
import { type Attributes, accountOf, modelOfMeasure, NOW, signal } from '../support/world-of-scores-in-memory.ts'

/** `state value signals`, of a measure written so. */
function read(
  measure: string,
  signals: readonly Signal[],
  attributes: Attributes = {},
  connectedAt?: History['connectedAt'],
): string {
  const model = modelOfMeasure(`${measure}, scale: {0: 0, 100: 100}`)
  const reading = assess(model, accountOf(signals, attributes, connectedAt), NOW)
    .readings()
    .get('it')
  return [reading?.state, reading?.value, reading?.signals].filter(part => part !== undefined).join(' ')
}

const a = (daysAgo: number, value: number) => signal('a', daysAgo, value)
const b = (daysAgo: number, value: number) => signal('b', daysAgo, value)

describe('a window is open at its start and closed at its end', () => {
  const sum = 'metric: a, take: sum, over: 30d'
  it.each([
    ['the end belongs to it', [a(0, 5)], 'present 5 1'],
    ['the start does not', [a(30, 5)], 'stale 0'],
    ['one millisecond after the start does', [a(30 - 1 / 86_400_000, 5)], 'present 5 1'],
    ['the future does not', [a(-1 / 86_400_000, 5)], 'never 0'],
  ])('%s', (_, signals, reading) => {
    expect(read(sum, signals)).toBe(reading)
  })

  it('has no start when the model says none', () => {
    expect(read('metric: a, take: sum', [a(4000, 5)])).toBe('present 5 1')
  })
})

describe('each take', () => {
  const signals = [a(1, 4), a(3, 1), a(2, 7), a(31, 100)]
  it.each([
    ['latest', 'present 4 3'],
    ['sum', 'present 12 3'],
    ['mean', 'present 4 3'],
    ['min', 'present 1 3'],
    ['max', 'present 7 3'],
    ['count', 'present 3 3'],
    ['days_since', 'present 1 3'],
  ])('%s', (take, reading) => {
    expect(read(`metric: a, take: ${take}, over: 30d`, signals)).toBe(reading)
    expect(read(`metric: a, take: ${take}, over: 30d`, [])).toBe('never 0')
    expect(read(`metric: a, take: ${take}, over: 30d`, [a(31, 1)])).toBe('stale 0')
    expect(read(`metric: a, take: ${take}, over: 30d, when_empty: 3`, [a(31, 1)])).toBe('present 3 0')
    expect(read(`metric: a, take: ${take}, over: 30d, when_empty: 3`, [])).toBe('never 0')
  })

  it('days_since is a real number', () => {
    expect(read('metric: a, take: days_since', [a(2.25, 0)])).toBe('present 2.25 1')
  })

  it.each([
    ['greatest id, whenever it was received', [{ id: 'b' }, { id: 'a', receivedAt: NOW }], 'present 1 2'],
    ['greatest number among those that have none of their own', [{ id: '~10' }, { id: '~9' }], 'present 1 2'],
    ['one with a number, rather than the first without', [{ id: '~2' }, { id: '' }], 'present 1 2'],
  ])('latest of one instant is the %s', (_, [one, two], reading) => {
    expect(read('metric: a, take: latest', [signal('a', 1, 1, one), signal('a', 1, 2, two)])).toBe(reading)
  })
})

describe('a value for an empty window counts once the metric is connected', () => {
  const tickets = 'metric: tickets, take: count, over: 30d, when_empty: 0'
  const since = (daysAgo: number) => () => NOW - daysAgo * DAY
  it.each([
    ['not while nobody has it', tickets, () => undefined, 'never 0'],
    ['when anybody had it a whole window ago', tickets, since(30), 'present 0 0'],
    ['not a millisecond later', tickets, since(30 - 1 / DAY), 'never 0'],
    ['a day ago, where the window has no start', 'metric: tickets, take: sum, when_empty: 0', since(1), 'present 0 0'],
    ['no sooner', 'metric: tickets, take: sum, when_empty: 0', since(0.9), 'never 0'],
  ])('%s', (_, measure, connectedAt, reading) => {
    expect(read(measure, [], {}, connectedAt)).toBe(reading)
  })

  it('and never takes the place of what is undefined', () => {
    const sum = 'metric: a, take: sum, over: 30d, when_empty: 0'

    expect(read(sum, [a(1, 1e308), a(2, 1e308)], {}, since(100))).toBe('undefined 2')
  })
})

describe('floating noise', () => {
  it('is not in a sum: the mean of eighteen 4.6 is 4.6', () => {
    const signals = Array.from({ length: 18 }, (_, day) => a(day, 4.6))

    expect(read('metric: a, take: mean, over: 30d', signals)).toBe('present 4.6 18')
  })

  it.each([
    ['a base', 'metric: a, take: change, of: sum, over: 10d', [a(1, 3), a(11, 1e-10)], 'undefined 2'],
    ['a divisor', 'metric: a, take: sum, per: {metric: b}', [a(1, 3), b(1, -1e-10)], 'undefined 1'],
  ])('is zero as %s', (_, measure, signals, reading) => {
    expect(read(measure, signals)).toBe(reading)
  })

  it.each([
    ['a sum', 'metric: a, take: sum', [a(1, 1e308), a(2, 1e308)], 'undefined 2'],
    ['a mean', 'metric: a, take: mean', [a(1, 1e308), a(2, 1e308)], 'undefined 2'],
    ['a change', 'metric: a, take: change, over: 10d', [a(1, 1e308), a(11, 1)], 'undefined 2'],
    ['a quotient', 'metric: a, take: sum, per: {metric: b}', [a(1, 1e308), b(1, 0.01)], 'undefined 1'],
    [
      'a divisor',
      'metric: a, take: sum, per: {metric: b, take: sum}',
      [a(1, 1), b(1, 1e308), b(2, 1e308)],
      'undefined 1',
    ],
  ])('%s that overflows is undefined', (_, measure, signals, reading) => {
    expect(read(measure, signals)).toBe(reading)
  })
})

describe('a change', () => {
  const change = (of: string) => `metric: a, take: change, of: ${of}, over: 10d`
  it.each([
    ['mean', 'compares the two halves', [a(1, 3), a(2, 5), a(11, 2)], 'present 100 3'],
    ['sum', 'compares the two halves', [a(1, 3), a(2, 5), a(11, 2)], 'present 300 3'],
    ['count', 'compares the two halves', [a(1, 3), a(2, 5), a(11, 2)], 'present 100 3'],
    ['mean', 'needs both halves: the older', [a(1, 3)], 'undefined 1'],
    ['mean', 'needs both halves: the newer', [a(11, 3)], 'undefined 1'],
    ['sum', 'takes an empty newer half for 0', [a(11, 3)], 'present -100 1'],
    ['count', 'takes an empty newer half for 0', [a(11, 3), a(12, 3)], 'present -100 2'],
    ['sum', 'has none from an empty older half', [a(1, 3)], 'undefined 1'],
    ['count', 'has none from an empty older half', [a(1, 3)], 'undefined 1'],
    ['mean', 'has none from a base of zero', [a(1, 3), a(11, 0)], 'undefined 2'],
    ['sum', 'has none from a base of zero', [a(1, 3), a(11, 2), a(12, -2)], 'undefined 3'],
    ['mean', 'divides by how far the base is from zero', [a(1, -1), a(11, -2)], 'present 50 2'],
    ['sum', 'puts the edge into the older half', [a(10, 2), a(1, 3)], 'present 50 2'],
    ['sum', 'looks back two windows, the start left out', [a(20, 2), a(1, 3)], 'undefined 1'],
    ['sum', 'is stale when both halves are empty', [a(20, 2)], 'stale 0'],
    ['count', 'is never without any signal', [b(1, 2)], 'never 0'],
  ])('of %s %s', (of, _, signals, reading) => {
    expect(read(change(of), signals)).toBe(reading)
  })

  it('is of the mean when the model says nothing', () => {
    expect(read('metric: a, take: change, over: 10d', [a(1, 3), a(2, 5), a(11, 2)])).toBe('present 100 3')
  })
})

describe('an attribute', () => {
  it.each([
    [{ seats: '12.5' }, 'present 12.5 0'],
    [{ seats: '-1' }, 'present -1 0'],
    [{ seats: 'many' }, 'never 0'],
    [{ seats: '1e999' }, 'never 0'],
    [{ seats: '' }, 'never 0'],
    [{ seats: '0x1F' }, 'never 0'],
    [{}, 'never 0'],
  ])('of %j is %s', (attributes: Attributes, reading) => {
    expect(read('from: attribute, attribute: seats', [], attributes)).toBe(reading)
  })
})

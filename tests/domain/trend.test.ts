import { describe, expect, it } from 'vitest'
import { healthOf, outlines } from '../../src/domain/scoring/health.ts'
import { isSharpDrop } from '../../src/domain/scoring/settle.ts'
import { DAY } from '../../src/domain/time/instant.ts'
import { numberModel } from '../support/world-of-scores-days.ts'
import { accountOf, NOW, signal } from '../support/world-of-scores-in-memory.ts'

/** The health of an account whose score was `then` some days ago and is `now`. */
function healthAfter(then: number, now: number, daysAgo = 30, more = '') {
  const model = numberModel('{}', more)
  const account = accountOf([signal('number', daysAgo, then), signal('number', 0, now)])
  return { model, ...healthOf(model, outlines(model, account), NOW) }
}

describe('the trend over 30 days', () => {
  it.each([
    ['88 -> 72', 88, 72, 'falling'],
    ['35 -> 55', 35, 55, 'rising'],
    ['72 -> 72', 72, 72, 'steady'],
    ['a fall of 5', 75, 70, 'falling'],
    ['a fall of 4', 74, 70, 'steady'],
    ['a rise of 5', 70, 75, 'rising'],
    ['a rise of 4', 70, 74, 'steady'],
    ['a fall of 4.2 that is shown as 5', 74.6, 70.4, 'falling'],
    ['a fall of 5.8 that is shown as 5', 75.4, 69.6, 'falling'],
    ['a fall of 5.0 that is shown as 4', 74.49, 69.5, 'steady'],
  ])('%s is %s', (_, then, now, direction) => {
    expect(healthAfter(then, now).direction).toBe(direction)
  })

  it.each([
    [88, 72, true],
    [87, 72, true],
    [86, 72, false],
    [35, 55, false],
  ])('%d -> %d: a sharp drop is %s', (then, now, isSharp) => {
    const { model, fall } = healthAfter(then, now)

    expect(isSharpDrop(model, fall)).toBe(isSharp)
  })

  it('is null without a score then, and so are its changes', () => {
    const { direction, trend, moves } = healthAfter(88, 72, 29)

    expect([direction, moves]).toEqual([undefined, undefined])
    expect(trend.map(({ points }) => points)).toEqual([undefined, undefined, undefined])
  })

  it('compares with the named instant, whatever was scored between', () => {
    const model = numberModel('{}')
    const account = accountOf([90, 10, 60].map((value, i) => signal('number', 30 - 15 * i, value)))

    const { trend, direction } = healthOf(model, outlines(model, account), NOW)

    expect(trend.map(({ over, points }) => [over / DAY, points])).toEqual([
      [7, undefined],
      [30, -30],
      [90, undefined],
    ])
    expect(direction).toBe('falling')
  })

  it('follows the window and the dead band of the model', () => {
    expect(healthAfter(75, 70, 7, 'trend: {dead_band: 6, over: 7d}').direction).toBe('steady')
    expect(healthAfter(76, 70, 7, 'trend: {dead_band: 6, over: 7d}').direction).toBe('falling')
  })
})

import { describe, expect, it } from 'vitest'
import { alertsThatHold } from '../../src/domain/alerts/alert-rules.ts'
import { weightNote } from '../../src/domain/model/weight-note.ts'
import { fallenFirst } from '../../src/domain/portfolio/portfolio.ts'
import { healthOf, outlines } from '../../src/domain/scoring/health.ts'
import { assess } from '../../src/domain/scoring/score.ts'
import { bareVerdict, isSharpDrop } from '../../src/domain/scoring/settle.ts'
import { DAY } from '../../src/domain/time/instant.ts'
import { accountOf, BANDS, modelIn, modelOfMeasure, NOW, signal } from '../support/world-of-scores-in-memory.ts'

const LATEST = 'take: latest, scale: {0: 0, 100: 100}'

/** A model of components with these weights, each of one number. */
const weighted = (weights: readonly number[], more = BANDS) =>
  modelIn(
    `name: weighted\ncomponents:${weights
      .map((weight, i) => `\n  - {id: c${i}, weight: ${weight}, measures: [{id: m${i}, metric: m${i}, ${LATEST}}]}`)
      .join('')}\n${more}`,
  )
const numbers = (...values: (number | undefined)[]) =>
  accountOf(values.flatMap((value, i) => (value === undefined ? [] : [signal(`m${i}`, 1, value)])))

/** Numbers of 30 days ago and of today. */
const over30Days = (then: number, now: number) => {
  const model = modelOfMeasure(`metric: it, ${LATEST}`)
  const account = accountOf([signal('it', 30, then), signal('it', 0, now)])
  const health = healthOf(model, outlines(model, account), NOW, [30 * DAY])
  const alerts = alertsThatHold({ model, account, health, verdict: bareVerdict(health.now), expansionReady: false })
  return { health, alerts, isSharp: isSharpDrop(model, health.fall) }
}

describe('the figures that others published come out', () => {
  it('YourCX: all components at 80 give 80', () => {
    const model = weighted([20, 20, 20, 15, 10, 10, 5])

    expect(assess(model, numbers(80, 80, 80, 80, 80, 80, 80), NOW).score).toMatchObject({ value: 80, shown: 80 })
  })

  it('KPI Depot: weights whose mean is 1 make the sum by the number of indicators; others are normalized', () => {
    const values = [90, 60, 30]
    const [even, other] = [weighted([1.5, 1, 0.5]), weighted([3, 2, 1])]
    const published = (1.5 * 90 + 1 * 60 + 0.5 * 30) / 3

    expect(assess(even, numbers(...values), NOW).score?.value).toBeCloseTo(published, 9)
    expect(assess(other, numbers(...values), NOW).score?.value).toBeCloseTo(published, 9)
    expect(weightNote([1.5, 1, 0.5])).toBeUndefined()
    expect(weightNote([3, 2, 1])).toEqual(expect.any(String))
  })

  it.each([
    [18, 1100 / 23, 48],
    [5, 0, 0],
    [35, 100, 100],
  ])('a linear scale from 7 to 30 makes of %d the score %d, shown as %d', (reading, value, shown) => {
    const model = modelOfMeasure('metric: it, take: latest, scale: {7: 0, 30: 100}')

    const { score } = assess(model, accountOf([signal('it', 0, reading)]), NOW)

    expect(score?.value).toBeCloseTo(value, 9)
    expect(score?.shown).toBe(shown)
  })

  it('a missing pulse of 20% leaves 25, 20, 20, 20, 15', () => {
    const { components } = assess(weighted([20, 20, 16, 16, 16, 12]), numbers(undefined, 1, 2, 3, 4, 5), NOW)

    expect(components().map(({ share }) => Math.round(share * 1e9) / 1e7)).toEqual([0, 25, 20, 20, 20, 15])
  })

  it('one 72 is healthy for a lean start-up, and not for an enterprise with stricter bands', () => {
    const strict = 'segments: [{id: strict, when: {attribute: segment, is: enterprise}, bands: {healthy: 80}}]'
    const model = modelOfMeasure(`metric: it, ${LATEST}`, strict)
    const verdictOf = (segment: string) =>
      bareVerdict(assess(model, accountOf([signal('it', 0, 72)], { segment }), NOW))

    expect(['startup', 'enterprise'].map(verdictOf)).toEqual(['healthy', 'attention'])
  })

  it('88 -> 72 in 30 days is falling, and a sharp drop', () => {
    const { health, alerts, isSharp } = over30Days(88, 72)

    expect([health.direction, isSharp, alerts]).toEqual(['falling', true, ['sharp_drop']])
  })

  it('35 -> 55 in 30 days is rising, without an alert', () => {
    const { health, alerts, isSharp } = over30Days(35, 55)

    expect([health.direction, isSharp, alerts]).toEqual(['rising', false, []])
  })

  it('90 -> 70 stands before a steady 60 where the list is sorted by change', () => {
    const steady = { id: 'steady', verdict: 'attention', shown: 60, change: 0 }
    const fallen = { id: 'fallen', verdict: 'healthy', shown: 70, change: -20 }

    expect([steady, fallen].sort(fallenFirst).map(({ id }) => id)).toEqual(['fallen', 'steady'])
  })
})

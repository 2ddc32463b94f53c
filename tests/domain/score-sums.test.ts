import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sumOf } from '../../src/domain/number.ts'
import { healthOf, outlines } from '../../src/domain/scoring/health.ts'
import { assess } from '../../src/domain/scoring/score.ts'
import { DAY } from '../../src/domain/time/instant.ts'
import { TODAY, world } from '../support/model-arbitrary-signals.ts'
import { compiled, runs } from '../support/world-of-scores.ts'
import { observedWorld } from '../support/world-of-scores-in-memory.ts'

const known = world
  .map(any => ({ model: compiled(any.model), account: observedWorld(any) }))
  .filter(({ model, account }) => assess(model, account, TODAY).score !== undefined)

describe('the explanation is exact', () => {
  it('points add up to the uncapped score, and points lost to what is missing from 100', () => {
    fc.assert(
      fc.property(known, ({ model, account }) => {
        const { components, score } = assess(model, account, TODAY)

        expect(sumOf(components(), ({ points }) => points)).toBeCloseTo(score?.uncapped ?? Number.NaN, 9)
        expect(sumOf(components(), ({ points, lost }) => points + lost)).toBeCloseTo(100, 9)
        expect(sumOf(components(), ({ share }) => share)).toBeCloseTo(1, 9)
      }),
      runs(40),
    )
  })

  it('the points of the measures add up to those of their component', () => {
    fc.assert(
      fc.property(known, ({ model, account }) => {
        for (const { measures, points, lost } of assess(model, account, TODAY).components()) {
          expect(sumOf(measures, measure => measure.points)).toBeCloseTo(points, 9)
          expect(sumOf(measures, measure => measure.lost)).toBeCloseTo(lost, 9)
        }
      }),
      runs(40),
    )
  })

  it('changes of the components and of the cap add up to the difference of the scores', () => {
    fc.assert(
      fc.property(known, ({ model, account }) => {
        const before = assess(model, account, TODAY - 30 * DAY)
        const now = assess(model, account, TODAY)

        const { moves } = healthOf(model, outlines(model, account), TODAY)

        expect(moves === undefined).toBe(!before.isCovered || !now.isCovered)
        if (moves === undefined) return
        const difference = (now.score?.value ?? Number.NaN) - (before.score?.value ?? Number.NaN)
        expect(sumOf(moves, ({ points }) => points)).toBeCloseTo(difference, 9)
      }),
      runs(40),
    )
  })

  it('caps only lower the score, and leave the uncapped one alone', () => {
    fc.assert(
      fc.property(known, ({ model, account }) => {
        const capped = assess(model, account, TODAY)
        const free = assess({ ...model, caps: [] }, account, TODAY)

        const limits = capped.caps.filter(({ holds }) => holds).map(({ atMost }) => atMost)
        expect(capped.score?.uncapped).toBe(free.score?.value)
        expect(capped.score?.value).toBe(Math.min(free.score?.value ?? Number.NaN, ...limits))
      }),
      runs(40),
    )
  })
})

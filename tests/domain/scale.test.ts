import { describe, expect, it } from 'vitest'
import { scoreOn } from '../../src/domain/scoring/readings/scale.ts'
import { assess } from '../../src/domain/scoring/score.ts'
import { accountOf, modelOfMeasure, NOW, signal } from '../support/world-of-scores-in-memory.ts'

/** The score that a model file with this scale gives to a reading. */
function scored(scale: string, reading: number): number | undefined {
  const model = modelOfMeasure(`metric: it, take: latest, ${scale}`)
  return assess(model, accountOf([signal('it', 0, reading)]), NOW).score?.value
}

const LINE = 'scale: {7: 0, 30: 100}'
const CURVE = 'scale: {0: 0, 50: 60, 100: 100}'
const STEPS = 'steps: {0: 100, 1: 60, 3: 0}'

describe('a scale', () => {
  it.each([
    ['is linear between its points', LINE, 18, 1100 / 23],
    ['gives the least below its points', LINE, 5, 0],
    ['gives the most above its points', LINE, 35, 100],
    ['hits its points', LINE, 7, 0],
    ['is linear piece by piece', CURVE, 25, 30],
    ['hits its middle point', CURVE, 50, 60],
    ['is linear in the upper piece', CURVE, 75, 80],
    ['may fall: less can be better', 'scale: {0: 100, 30: 40, 60: 0}', 45, 20],
    ['clamps when it falls', 'scale: {0: 100, 30: 40, 60: 0}', 90, 0],
    ['may be written in any order', 'scale: {30: 100, 7: 0}', 18, 1100 / 23],
    ['may have negative keys', 'scale: {-100: 0, 0: 50, 100: 100}', -50, 25],
    ['may be flat', 'scale: {0: 50, 10: 50}', 5, 50],
    ['may go up and down', 'scale: {0: 0, 5: 100, 10: 20}', 7.5, 60],
  ])('%s', (_, scale, reading, score) => {
    expect(scored(scale, reading)).toBeCloseTo(score, 9)
  })

  it('shows 48 for a reading of 18 between 7 and 30', () => {
    const model = modelOfMeasure(`metric: it, take: latest, ${LINE}`)

    expect(assess(model, accountOf([signal('it', 0, 18)]), NOW).score?.shown).toBe(48)
  })
})

describe('steps', () => {
  it.each([
    ['take the greatest key at or below the reading', STEPS, 2.9, 60],
    ['change at the key itself', STEPS, 3, 0],
    ['stay before it', STEPS, 0.999, 100],
    ['give the last value above all keys', STEPS, 40, 0],
    ['give the first value below all keys', STEPS, -1, 100],
    ['may be written in any order', 'steps: {3: 0, 0: 100, 1: 60}', 2, 60],
  ])('%s', (_, steps, reading, score) => {
    expect(scored(steps, reading)).toBe(score)
  })

  it('know keys with decimals', () => {
    const points = [[0.1, 10] as const, [0.25, 20] as const]

    expect(scoreOn({ form: 'steps', points }, 0.2)).toBe(10)
  })
})

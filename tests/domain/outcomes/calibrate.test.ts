import { describe, expect, it } from 'vitest'
import { calibrate, tooFewFor } from '../../../src/domain/outcomes/calibration/calibrate.ts'
import { cheapestLine } from '../../../src/domain/outcomes/calibration/cheapest-line.ts'
import { foldsByAccount, foldsByTime } from '../../../src/domain/outcomes/calibration/folds.ts'
import { fitLogistic, logLoss } from '../../../src/domain/outcomes/calibration/logistic.ts'
import { type CalibrationCase, scoreWith } from '../../../src/domain/outcomes/calibration/reweighed.ts'
import { seeded } from '../../../src/domain/outcomes/calibration/seeded.ts'

const TRUE = [60, 10, 30]

/** Accounts whose outcome follows a score of three components with these weights. */
function portfolio(count: number, weights: readonly number[], seed = 7): CalibrationCase[] {
  const random = seeded(seed)
  return Array.from({ length: count }, (_, account) => {
    const scores = weights.map(() => random() * 100)
    const one = { account, on: `2025-${String(1 + (account % 12)).padStart(2, '0')}-01`, scores, own: [], cap: 100 }
    const chance = 1 / (1 + Math.exp(-(50 - scoreWith(weights, { ...one, isBad: false })) / 6))
    return { ...one, isBad: random() < chance }
  })
}

const shares = (weights: readonly number[]) => {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map(weight => weight / total)
}
const distance = (a: readonly number[], b: readonly number[]) =>
  Math.hypot(...shares(a).map((share, at) => share - (shares(b)[at] ?? 0)))

describe('a calibration', () => {
  it('comes nearer to the true weights the more outcomes there are', () => {
    const fitted = (count: number) => calibrate(portfolio(count, TRUE), [10, 60, 30], { seed: 1 })?.weights ?? []

    expect(distance(fitted(2_000), TRUE)).toBeLessThan(0.1)
    expect(distance(fitted(2_000), TRUE)).toBeLessThan(distance(fitted(60), TRUE))
  })

  it('advises a change where the present weights are wrong beyond doubt', () => {
    const found = calibrate(portfolio(800, TRUE), [5, 90, 5], { seed: 1 })

    expect(found?.advice).toBe('change')
    expect(found?.difference.low).toBeGreaterThan(0)
  })

  it('keeps the present weights where they are the true ones, and where nothing says anything', () => {
    const noise = portfolio(400, TRUE).map((one, at) => ({ ...one, isBad: at % 3 === 0 }))

    expect(calibrate(portfolio(400, TRUE), TRUE, { seed: 1 })?.advice).toBe('keep')
    expect(calibrate(noise, TRUE, { seed: 1 })?.advice).toBe('keep')
  })

  it('gives weights that are never negative and have the sum of the present ones, the same for the same seed', () => {
    const cases = portfolio(200, TRUE).map(one => ({ ...one, scores: [...one.scores, 100 - (one.scores[0] ?? 0)] }))
    const [once, again] = [1, 1].map(seed => calibrate(cases, [25, 25, 25, 25], { seed }))

    expect(once?.weights.every(weight => weight >= 0)).toBe(true)
    expect(once?.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(100, 9)
    expect(again).toEqual(once)
  })

  it('is refused of too few, and says how many it needs', () => {
    const cases = portfolio(40, TRUE)

    expect(tooFewFor(cases.slice(0, 15))).toBe('too few outcomes: 15 of the 40 needed')
    expect(tooFewFor(cases.map(one => ({ ...one, isBad: false })))).toBe(
      'too few churns and contractions: 0 of the 5 needed',
    )
    expect(tooFewFor(cases.map(one => ({ ...one, isBad: true })))).toBe('too few renewals: 0 of the 5 needed')
    expect(calibrate(cases.slice(0, 15), TRUE, { seed: 1 })).toBeUndefined()
  })
})

describe('the fit', () => {
  it('is the maximum of the likelihood without a pull: nothing near it loses less', () => {
    const examples = portfolio(300, TRUE).map(({ scores, isBad }) => ({
      isBad,
      risks: scores.map(score => (100 - (score ?? 0)) / 100),
    }))
    const fit = fitLogistic(examples, TRUE, 0)
    const best = logLoss(examples, fit)

    for (const at of [0, 1, 2]) {
      for (const step of [-0.2, 0.2]) {
        const slopes = fit.slopes.map((slope, index) => (index === at ? Math.max(0, slope + step) : slope))
        expect(logLoss(examples, { ...fit, slopes })).toBeGreaterThanOrEqual(best - 1e-6)
      }
    }
  })

  it('has the direction of the present weights where these pull without end', () => {
    const examples = portfolio(100, TRUE).map(({ scores, isBad }) => ({
      isBad,
      risks: scores.map(score => (100 - (score ?? 0)) / 100),
    }))

    expect(distance(fitLogistic(examples, [1, 2, 3], Infinity).slopes, [1, 2, 3])).toBeLessThan(1e-9)
    expect(distance(fitLogistic(examples, [1, 2, 3], 1_000).slopes, [1, 2, 3])).toBeLessThan(1e-2)
  })

  it('stays finite where the examples can be parted without a mistake', () => {
    const examples = [0, 0.1, 0.9, 1].map(risk => ({ risks: [risk], isBad: risk > 0.5 }))

    expect(Number.isFinite(fitLogistic(examples, [1], 0).slopes[0])).toBe(true)
  })
})

it('folds keep the outcomes of an account together, and hold each back once', () => {
  const cases = portfolio(60, TRUE).map(one => ({ ...one, account: one.account % 20 }))

  const folds = foldsByAccount(cases, 5, 1)

  expect(folds.flatMap(({ test }) => test)).toHaveLength(60)
  for (const { train, test } of folds) {
    const known = new Set(train.map(({ account }) => account))
    expect(test.filter(({ account }) => known.has(account))).toEqual([])
  }
})

it('folds by time learn from what came before alone', () => {
  for (const { train, test } of foldsByTime(portfolio(60, TRUE), 5)) {
    const last =
      train
        .map(({ on }) => on)
        .sort()
        .at(-1) ?? ''
    expect(test.filter(({ on }) => on < last)).toEqual([])
  }
})

it('the cheapest line weighs a missed churn against a false alarm', () => {
  const cases = [10, 30, 55]
    .map(shown => ({ shown, isBad: true }))
    .concat([40, 60, 80].map(shown => ({ shown, isBad: false })))

  expect(cheapestLine(cases, { missed: 1, falseAlarm: 1 }, 45)).toEqual({
    now: { below: 45, cost: 2 },
    best: { below: 40, cost: 1 },
  })
  expect(cheapestLine(cases, { missed: 5, falseAlarm: 1 }, 50).best).toEqual({ below: 56, cost: 1 })
})

it('caps and the weights of a segment stay as they are', () => {
  const one = { account: 1, on: '2025-01-01', isBad: true, scores: [100, 0], own: [undefined, 3], cap: 100 }

  expect(scoreWith([1, 1], one)).toBe(25)
  expect(scoreWith([1, 1], { ...one, cap: 20 })).toBe(20)
  expect(scoreWith([1, 1], { ...one, scores: [80, undefined] })).toBe(80)
})

import { describe, expect, it } from 'vitest'
import type { Model } from '../../src/domain/model/model.ts'
import { worseThan } from '../../src/domain/scoring/settle.ts'
import { numberModel, verdicts } from '../support/world-of-scores-days.ts'

const usual = '{dwell: 2, margin: 5, sharp_drop: {points: 100, over: 30d}}'
const dwell = (days: number) => `{dwell: ${days}, margin: 5, sharp_drop: {points: 100, over: 30d}}`
const margin = (points: number) => `{dwell: 2, margin: ${points}, sharp_drop: {points: 100, over: 30d}}`

describe('a verdict settles line by line', () => {
  it.each([
    ['stays healthy while the number flaps around the line', usual, '72 69 72 69 71 69', 'H H H H H H'],
    ['falls at the second scoring below the line', usual, '72 69 69 69', 'H H A A'],
    ['stays down at the line, and at the line plus less than the margin', usual, '65 70 74 74 74', 'A A A A A'],
    ['rises at the second scoring at the line plus the margin', usual, '65 75 75 75', 'A A H H'],
    ['needs the margin at every scoring of the run', usual, '65 75 74 75 75', 'A A A A H'],
    ['needs the line alone to stay', usual, '75 70 70 70', 'H H H H'],
    ['falls at once with a dwell of 1', dwell(1), '72 69 72 75 69', 'H A A H A'],
    ['falls at the third with a dwell of 3', dwell(3), '72 69 69 72 69 69 69', 'H H H H H H A'],
    ['rises at the third with a dwell of 3', dwell(3), '60 75 76 74 80 80 80', 'A A A A A A H'],
    ['rises at the line itself without a margin', margin(0), '65 70 70', 'A A H'],
    ['waits for a wide margin', margin(20), '65 89 89 90 90', 'A A A A H'],
    ['falls past both lines in one move', usual, '72 39 39', 'H H R'],
    ['falls past the upper line alone while the lower is not crossed at all of them', usual, '72 39 41 39', 'H H A A'],
    ['judges the lower line alone afterwards', usual, '72 39 41 39 39', 'H H A A R'],
    ['rises past both lines in one move', usual, '20 75 75', 'R R H'],
    ['rises past the lower line alone while the upper margin is not reached', usual, '20 75 74', 'R R A'],
    ['takes the first verdict from the number as it is', usual, '39 39', 'R R'],
    ['compares what is shown: 69.5 is 70', usual, '72 69.5 69.5 69.4 69.4', 'H H H H A'],
  ])('%s', (_, settling, course, told) => {
    expect(verdicts(numberModel(settling), course)).toBe(told)
  })
})

describe('days without a scoring', () => {
  it.each([
    ['do not count', usual, '72 69 - - 71 69', 'H H H H'],
    ['do not break the run', usual, '72 69 - - 69', 'H H A'],
    ['neither on the way up', usual, '65 75 - 75', 'A A H'],
  ])('%s', (_, settling, course, told) => {
    expect(verdicts(numberModel(settling), course)).toBe(told)
  })
})

describe('scorings in between', () => {
  it.each([
    ['change no verdict downwards', usual, '72 69 69* 69* 71', 'H H H H H'],
    ['change no verdict upwards', usual, '65 75 80* 80*', 'A A A A'],
    ['do not count in the run', usual, '72 69 72* 69', 'H H H A'],
  ])('%s', (_, settling, course, told) => {
    expect(verdicts(numberModel(settling), course)).toBe(told)
  })
})

it('calls a score worse only once it fell by more than the margin of settling', () => {
  const settling = { settling: { margin: 5 } } as Pick<Model, 'settling'>

  expect(worseThan(60, settling)).toBe(55)
  expect(worseThan(3, settling)).toBe(0)
})

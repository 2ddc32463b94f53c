import { describe, expect, it } from 'vitest'
import { numberModel, tellDays, verdicts } from '../support/world-of-scores-days.ts'

const model = numberModel('{dwell: 2, margin: 5, sharp_drop: {points: 15, over: 2d}}')

describe('a sharp drop', () => {
  it.each([
    ['into a worse band is told at once', '84 84 69', 'H H A'],
    ['goes to the band of that day, however far', '84 84 39', 'H H R'],
    ['of fewer points waits for the dwell', '83 83 69', 'H H H'],
    ['within one band, 88 to 72, changes no verdict', '88 88 72 72', 'H H H H'],
    ['is told at once between scheduled scorings too', '84 84 69*', 'H H A'],
    ['of fewer points is not told between scorings', '83 83 69* 69', 'H H H H'],
    ['compares with exactly so long ago, not with the day before', '60 95 60 60', 'A A A A'],
    ['is left as any verdict is: by the dwell, with the margin', '84 84 69 75 75', 'H H A A H'],
    ['compares what is shown: 84.4 is 84', '84.4 80 69.4 80', 'H H A A'],
    ['compares what is shown: 69.5 is 70', '84.5 80 69.5', 'H H H'],
    ['needs the score of then', 'x 84 69 69', '? H H A'],
    ['counts from a number that was not told yet, into a band worse than the one told', '41 39 56 44 39*', 'A A A A R'],
  ])('%s', (_, course, told) => {
    expect(verdicts(model, course)).toBe(told)
  })

  it('is the kind of the transition that it makes', () => {
    expect(tellDays(model, '84 84 69').at(-1)?.transitions).toMatchObject([
      { kind: 'sharp_drop', from: 'healthy', to: 'attention' },
    ])
  })

  it('is a fall over 30 days of 15 points when the model says nothing else', () => {
    const course = (first: number) => [first, ...Array.from({ length: 29 }, () => '-'), 69].join(' ')

    expect(verdicts(numberModel('{}'), course(84))).toBe('H A')
    expect(verdicts(numberModel('{}'), course(83))).toBe('H H')
  })
})

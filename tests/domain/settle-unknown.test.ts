import { describe, expect, it } from 'vitest'
import { DAY } from '../../src/domain/time/instant.ts'
import { numberModel, tellDays, verdicts } from '../support/world-of-scores-days.ts'
import { accountOf, BANDS, modelIn, NOW, signal, tell } from '../support/world-of-scores-in-memory.ts'

const model = numberModel('{dwell: 3, margin: 5, sharp_drop: {points: 100, over: 30d}}')

describe('the verdict unknown', () => {
  it.each([
    ['is entered at once', '72 x', 'H ?'],
    ['is left at once, to the band of that day', '72 x 39', 'H ? R'],
    ['is left at once upwards, without the margin', '39 x 70', 'R ? H'],
    ['may be the first', 'x x 72', '? ? H'],
    ['lets the run begin anew', '72 69 69 x 71 69 69 69', 'H H H ? H H H A'],
  ])('%s', (_, course, told) => {
    expect(verdicts(model, course)).toBe(told)
  })

  it('comes and goes as a transition', () => {
    const [, came, went] = tellDays(model, '72 x 72')

    expect(came?.transitions).toMatchObject([{ kind: 'band', from: 'healthy', to: 'unknown' }])
    expect(went?.transitions).toMatchObject([{ kind: 'band', from: 'unknown', to: 'healthy' }])
  })

  it('is told below the least coverage, whatever the number says', () => {
    const halfKnown = modelIn(`
name: half known
components:
  - {id: a, weight: 49, measures: [{id: a, metric: a, take: latest, scale: {0: 0, 100: 100}}]}
  - {id: b, weight: 51, measures: [{id: b, metric: b, take: latest, scale: {0: 0, 100: 100}}]}
${BANDS}`)

    expect(tell(halfKnown, accountOf([signal('a', 0, 90)]), [[NOW, 'scheduled']])[0]?.verdict).toBe('unknown')
    expect(tell(halfKnown, accountOf([signal('b', 0, 90)]), [[NOW, 'scheduled']])[0]?.verdict).toBe('healthy')
  })

  it('is not told at the least coverage itself, whatever noise the weights make', () => {
    const weights = [0.1, 0.2, 0.3]
    const components = weights.map(
      (weight, i) => `
  - {id: c${i}, weight: ${weight}, measures: [{id: m${i}, metric: m${i}, take: latest, scale: {0: 0, 100: 100}}]}`,
    )
    const half = modelIn(`name: half\ncomponents:${components.join('')}\n${BANDS}`)
    const known = accountOf([signal('m2', 0, 90)])

    const [told] = tell(half, known, [[NOW + DAY, 'scheduled']])

    expect(told?.verdict).toBe('healthy')
  })
})

import { describe, expect, it } from 'vitest'
import { assess } from '../../src/domain/scoring/score.ts'
import { bareVerdict } from '../../src/domain/scoring/settle.ts'
import { accountOf, BANDS, modelIn, NOW, signal } from '../support/world-of-scores-in-memory.ts'

const model = modelIn(`
name: segments
components:
  - {id: use, weight: 60, measures: [{id: use, metric: use, take: latest, scale: {0: 0, 100: 100}}]}
  - {id: voice, weight: 40, measures: [{id: nps, metric: nps, take: latest, scale: {0: 0, 100: 100}}]}
${BANDS}
segments:
  - {id: enterprise, when: {attribute: segment, is: enterprise}, bands: {attention: 50, healthy: 80}, min_coverage: 0.7}
  - {id: large, when: {attribute: arr, at_least: 100000}, weights: {use: 40}}
  - {id: start-up, when: {attribute: segment, is: start-up}, weights: {use: 10, voice: 90}}
`)

const both = [signal('use', 1, 100), signal('nps', 1, 30)]

describe('a segment', () => {
  it('has its own bands: one score of 72 is healthy, and not healthy in enterprise', () => {
    const leanStartUp = assess(model, accountOf(both), NOW)
    const enterprise = assess(model, accountOf(both, { segment: 'enterprise' }), NOW)

    expect([leanStartUp.score?.shown, bareVerdict(leanStartUp)]).toEqual([72, 'healthy'])
    expect([enterprise.score?.shown, bareVerdict(enterprise)]).toEqual([72, 'attention'])
  })

  it.each([
    ['none that matches', {}, undefined, [60, 40], 72],
    ['the first that matches', { segment: 'enterprise', arr: '200000' }, 'enterprise', [60, 40], 72],
    ['a weight of its own, others keep theirs', { arr: '100000' }, 'large', [40, 40], 65],
    ['all weights of its own', { segment: 'start-up' }, 'start-up', [10, 90], 37],
    ['none where the attribute is missing', { arr: 'much' }, undefined, [60, 40], 72],
  ])('%s', (_, attributes, segment, weights, value) => {
    const assessment = assess(model, accountOf(both, attributes), NOW)

    expect(assessment.segment).toBe(segment)
    expect(assessment.components().map(({ weight }) => weight)).toEqual(weights)
    expect(assessment.score?.value).toBeCloseTo(value, 9)
  })

  it('has its own least coverage', () => {
    const half = [signal('use', 1, 100)]

    expect(bareVerdict(assess(model, accountOf(half), NOW))).toBe('healthy')
    expect(bareVerdict(assess(model, accountOf(half, { segment: 'enterprise' }), NOW))).toBe('unknown')
  })
})

describe('a measure that does not apply', () => {
  const plans = modelIn(`
name: plans
components:
  - id: use
    weight: 1
    measures:
      - {id: core, metric: core, take: latest, scale: {0: 0, 100: 100}}
      - {id: reports, metric: reports, take: latest, applies_when: {attribute: plan, is: pro}, scale: {0: 0, 100: 100}}
  - id: api
    weight: 1
    measures: [{id: api, metric: api, take: latest, applies_when: {attribute: plan, is: pro}, scale: {0: 0, 100: 100}}]
${BANDS}`)
  const signals = [signal('core', 1, 80), signal('reports', 1, 0)]

  it.each([
    ['weighs nothing, and is not missing', 'basic', 80, 1, ['not_applicable', 'not_applicable']],
    ['weighs when it applies', 'pro', 40, 0.5, ['present', 'never']],
  ])('%s', (_, plan, value, coverage, states) => {
    const assessment = assess(plans, accountOf(signals, { plan }), NOW)

    expect(assessment.score?.value).toBe(value)
    expect(assessment.coverage).toBe(coverage)
    expect(['reports', 'api'].map(id => assessment.readings().get(id)?.state)).toEqual(states)
  })

  it('does not apply either where it cannot be known', () => {
    expect(assess(plans, accountOf(signals), NOW)).toMatchObject({ coverage: 1, score: { value: 80 } })
  })
})

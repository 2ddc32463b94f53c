import { describe, expect, it } from 'vitest'
import { changed, errorsOf, type Loose } from '../support/sound-model.ts'

const set = (path: string, value: unknown) => (model: Loose) => {
  const steps = path.split('.')
  const last = steps.pop() ?? ''
  const place = steps.reduce((at, step) => at[step] as Loose, model)
  place[last] = value as Loose
}

const MEASURE = 'components.0.measures.0'

describe('a model is refused', () => {
  it('never when it is sound', () => {
    expect(errorsOf(changed())).toEqual([])
  })

  it.each<[string, string, unknown, string, RegExp]>([
    ['a gap below the first band', 'bands.0.from', 10, 'bands', /gap/],
    ['two bands that begin at the same score', 'bands.2.from', 40, 'bands', /overlap/],
    ['bands that are not listed from the worst', 'bands.1.from', 80, 'bands', /overlap/],
    ['a band above 100', 'bands.2.from', 120, 'bands[2].from', /too large/],
    ['overlapping bands of a segment', 'segments.0.bands', { healthy: 30 }, 'segments[0].bands', /overlap/],
    ['a gap in the bands of a segment', 'segments.0.bands', { at_risk: 5 }, 'segments[0].bands', /gap/],
    ['a weight of 0', 'components.0.weight', 0, 'components[0].weight', /weight of 0/],
    ['a negative weight', 'components.1.weight', -5, 'components[1].weight', /weight of -5/],
    ['a weight that is a word', 'components.0.weight', 'much', 'components[0].weight', /number/],
    ['a measure of weight 0', `${MEASURE}.weight`, 0, 'components[0].measures[0].weight', /weight of 0/],
    ["a segment's weight of 0", 'segments.0.weights', { voice: 0 }, 'segments[0].weights.voice', /weight of 0/],
    ['weights whose sum is not finite', 'components.0.weight', 1e307, 'components', /too large/],
    [
      "a segment's weights whose sum is not finite",
      'segments.0.weights',
      { voice: 1.7e308 },
      'segments[0].weights',
      /too large/,
    ],
    [
      'keys whose distance is not finite',
      `${MEASURE}.scale`,
      { '-1e308': 0, 1e308: 9 },
      'components[0].measures[0].scale',
      /too far/,
    ],
    [
      'a key that only machines read',
      `${MEASURE}.scale`,
      { '0x1F': 0, 40: 9 },
      'components[0].measures[0].scale',
      /"0x1F"/,
    ],
    ['a scale of one point', `${MEASURE}.scale`, { 0: 0 }, 'components[0].measures[0].scale', /two points/],
    ['a scale beyond 100', `${MEASURE}.scale`, { 0: 0, 1: 120 }, 'components[0].measures[0].scale', /not 120/],
    ['a scale below 0', `${MEASURE}.scale`, { 0: -1, 1: 100 }, 'components[0].measures[0].scale', /not -1/],
    [
      'a scale of words',
      `${MEASURE}.scale`,
      { low: 0, 1: 9 },
      'components[0].measures[0].scale',
      /"low" is not a number/,
    ],
    ['a scale that is a list', `${MEASURE}.scale`, [0, 100], 'components[0].measures[0].scale', /not a valid scale/],
    ['a scale and steps', `${MEASURE}.steps`, { 0: 0, 1: 9 }, 'components[0].measures[0]', /either a scale or steps/],
    [
      'a cap on a measure that is not there',
      'caps.0.when',
      { measure: 'mood', at_most: 1 },
      'caps[0].when',
      /no measure/,
    ],
    ['a band that is not there', 'expansion.when', { band: 'great' }, 'expansion.when', /no band "great"/],
    ['a component that is not there', 'expansion.when', { component: 'x', above: 1 }, 'expansion.when', /no component/],
    [
      'an alert that is not there',
      'expansion.when',
      { alert: 'x', is: 'open' },
      'expansion.when.alert',
      /does not fit/,
    ],
    ['a subject that is not there', 'expansion.when', { mood: 'x', is: 'a' }, 'expansion.when.mood', /not a valid key/],
    ['weights for nobody', 'segments.0.weights', { mood: 1 }, 'segments[0].weights.mood', /no "mood"/],
    [
      'a play for a cause that is not there',
      'playbooks.0.on',
      { alert: 'sharp_drop', driver: 'x' },
      'playbooks[0].on.driver',
      /no component/,
    ],
    ['a play between 70 and 50', 'playbooks.1.on', { between: [70, 50] }, 'playbooks[1].on.between', /No score/],
    [
      'a task without a role',
      'playbooks.0.tasks.0',
      { title: 'Call', due: '1bd' },
      'playbooks[0].tasks[0].role',
      /missing/,
    ],
    ['a play that does nothing', 'playbooks.1.tasks', [], 'playbooks[1].tasks', /does nothing/],
    [
      'a play with tasks and no action',
      'playbooks.1.no_action',
      'Well.',
      'playbooks[1].no_action',
      /nothing is to be done/,
    ],
    ['a cap that asks for the score', 'caps.0.when', { score: true, below: 5 }, 'caps[0].when', /circle/],
    ['a cap that asks for a band', 'caps.0.when', { not: { band: 'healthy' } }, 'caps[0].when.not', /circle/],
    [
      'a segment that asks for a measure',
      'segments.0.when',
      { measure: 'nps', above: 1 },
      'segments[0].when',
      /circle/,
    ],
    ['a segment by an alert', 'segments.0.when', { alert: 'at_risk', is: 'open' }, 'segments[0].when', /circle/],
    [
      'applies_when by score',
      `${MEASURE}.applies_when`,
      { score: true, above: 1 },
      'components[0].measures[0].applies_when',
      /circle/,
    ],
    ['a cap by churn', 'caps.0.when', { attribute: 'churn_risk', is: 'high' }, 'caps[0].when', /derived from churn/],
    ['an unknown key', 'heathy_means', 'Well.', 'heathy_means', /not a valid key/],
    ['two components of one id', 'components.1.id', 'usage', 'components[1].id', /taken/],
    ['a target above 100', 'target', { portfolio: 180 }, 'target.portfolio', /too large/],
    ['a benchmark without its source', 'benchmarks', [{ label: 'SaaS', value: 75 }], 'benchmarks[0].source', /missing/],
  ])('%s', (_, place, value, path, problem) => {
    const errors = errorsOf(changed(set(place, value)))

    expect(errors).toContainEqual({
      path,
      problem: expect.stringMatching(problem),
      remedy: expect.stringMatching(/\w.*\.$/),
    })
  })

  it.each([
    'health_score',
    'Health Score',
    'customerHealthScore',
    'score',
    'account_health',
    'health_band',
    'verdict',
    'chs',
  ])('an input made from the score: %s', name => {
    const [error, ...others] = errorsOf(changed(set(`${MEASURE}.metric`, name)))

    expect(error).toMatchObject({
      path: 'components[0].measures[0].metric',
      remedy: expect.stringContaining('signals'),
    })
    expect(error?.problem).toContain('derived from the score itself')
    expect(others).toEqual([])
  })

  it.each(['churned', 'churn_flag', 'churn_risk', 'is_churned', 'churn-probability', 'outcome'])(
    'an input made from churn: %s',
    attribute => {
      const own = { id: 'own', from: 'attribute', attribute, scale: { 0: 100, 1: 0 } }
      const [error] = errorsOf(changed(set(MEASURE, own)))

      expect(error).toMatchObject({ path: 'components[0].measures[0].attribute' })
      expect(error?.problem).toContain('derived from churn itself')
    },
  )

  it('a divisor made from the score', () => {
    const [error] = errorsOf(changed(set(`${MEASURE}.per`, { metric: 'health_score' })))

    expect(error?.path).toBe('components[0].measures[0].per.metric')
  })

  it('a cap by way of a watched score, which may be watched otherwise', () => {
    const watch = [{ id: 'old', metric: 'health_score', take: 'latest' }]
    const watched = changed(set('watch', watch))
    const capped = changed(model => {
      set('watch', watch)(model)
      set('caps.0.when', { measure: 'old', at_most: 50 })(model)
    })

    expect(errorsOf(watched)).toEqual([])
    expect(errorsOf(capped)).toMatchObject([{ path: 'caps[0].when' }])
  })

  it.each(['review_outcome', 'value_realised', 'health_checks', 'scorecard_views', 'bandwidth', 'risk_reviews'])(
    'not for a name that only sounds alike: %s',
    name => {
      expect(errorsOf(changed(set(`${MEASURE}.metric`, name)))).toEqual([])
    },
  )
})

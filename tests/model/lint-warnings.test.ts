import { describe, expect, it } from 'vitest'
import { DAY } from '../../src/domain/time/instant.ts'
import { PUBLISHED_INPUTS } from '../../src/model/lint/lint-balance.ts'
import { checkModel } from '../../src/model/load.ts'
import { presetNames, readPreset } from '../../src/model/presets.ts'
import { changed, LOOKED_AT, type Loose, warningsOf } from '../support/sound-model.ts'

const more = (count: number) => (model: Loose) => {
  const [usage] = model.components as unknown as Loose[]
  model.components = Array.from({ length: count }, (_, at) => ({
    ...usage,
    id: `c${at}`,
    measures: [{ id: `m${at}`, metric: 'x', take: 'latest', over: '9d', scale: { 0: 0, 1: 100 } }],
  })) as unknown as Loose
}
const put = (values: object) => (model: Loose) => void Object.assign(model, values)
const tag =
  (...tags: string[]) =>
  (model: Loose) => {
    for (const component of model.components as unknown as { tags: string[] }[]) component.tags = tags
  }
const at = (list: string, index: number, values: object) => (model: Loose) =>
  void Object.assign(model[list]?.[index] as Loose, values)
const without = (list: string, id: string) => (model: Loose) => {
  model[list] = (model[list] as unknown as { id: string }[]).filter(entry => entry.id !== id) as unknown as Loose
}

describe('a model is warned about', () => {
  it('never when it is sound', () => {
    expect(warningsOf(changed())).toEqual([])
  })

  it.each<[string, (model: Loose) => void, string, RegExp]>([
    ['seven inputs at first', more(7), 'components', /7 inputs/],
    [
      'surveys above half of the weight',
      at('components', 1, { weight: 61 }),
      'components',
      /Surveys make 50%|Surveys make 5\d%/,
    ],
    [
      "surveys above half of a segment's weight",
      at('segments', 0, { weights: { voice: 90 } }),
      'segments[0].weights',
      /60%/,
    ],
    ['activity without value', tag('leading', 'activity'), 'components', /none measures value/],
    ['what lags alone', tag('lagging', 'value'), 'components', /none is leading/],
    ['no segments', put({ segments: [] }), 'segments', /One set of thresholds/],
    ['segments with weights alone', at('segments', 0, { bands: {}, weights: { voice: 20 } }), 'segments', /One set/],
    [
      'a segment without an owner',
      at('segments', 0, { owner_role: undefined }),
      'segments[0].owner_role',
      /Nobody is named/,
    ],
    ['a band without an action', without('playbooks', 'check-in'), 'bands[1]', /"attention" \(40-69\) has no action/],
    [
      'a range without an action',
      at('playbooks', 1, { on: { between: [45, 69] } }),
      'bands[1]',
      /Scores from 40 to 44/,
    ],
    [
      'a single score without one',
      at('playbooks', 2, { on: { above: 70 } }),
      'bands[2]',
      /A score of 70,.* has no action/,
    ],
    [
      'at-risk alerts answered for one cause',
      at('playbooks', 0, { on: { alert: 'at_risk', driver: 'voice' } }),
      'bands[0]',
      /no action/,
    ],
    [
      'a play for alerts that are not raised',
      at('playbooks', 0, { on: { alert: 'sharp_drop' } }),
      'playbooks[0].on.alert',
      /does not raise/,
    ],
    [
      'a task for a role that nobody has',
      at('playbooks', 0, { tasks: [{ title: 'Call', role: 'wizard', due: '1bd' }] }),
      'playbooks[0].tasks[0].role',
      /nobody for the role "wizard"/,
    ],
    ['a band beyond reach', at('bands', 2, { from: 97 }), 'bands[2].from', /No account can rise/],
    [
      "a segment's band beyond reach",
      at('segments', 0, { bands: { healthy: 96 } }),
      'segments[0].bands.healthy',
      /No account/,
    ],
    ['a better band with a worse role', at('bands', 2, { role: 'at_risk' }), 'bands[2].role', /worse than attention/],
    ['an old review', put({ reviewed_on: '2026-08-01' }), 'reviewed_on', /112 days old/],
  ])('%s', (_, change, path, problem) => {
    const warnings = warningsOf(changed(change))

    expect(warnings).toContainEqual({
      path,
      problem: expect.stringMatching(problem),
      remedy: expect.stringMatching(/\w.*\.$/),
    })
  })

  it('a play for expansion that nobody is ever ready for', () => {
    const text = changed(model => {
      delete model.expansion
      at('playbooks', 1, { on: { alert: 'expansion_ready' } })(model)
    })

    expect(warningsOf(text).map(({ path }) => path)).toContain('playbooks[1].on.alert')
  })

  it('no owner when there are neither segments nor tasks', () => {
    const text = changed(put({ segments: [], playbooks: [] }))

    expect(warningsOf(text).map(({ problem }) => problem)).toContain('No owner role: nothing says who acts.')
  })

  it('surveys by their answers, where no kind is declared', () => {
    const text = changed(model => {
      at('components', 0, { weight: 10, kind: undefined })(model)
      at('components', 1, { kind: undefined })(model)
    })

    expect(warningsOf(text)).toMatchObject([{ problem: expect.stringContaining('Surveys make 80%') }])
  })

  it('many inputs no more once it was reviewed and has scored', () => {
    const facts = { metrics: new Set(['x']), attributes: new Set<string>(), days: 5 }

    expect(warningsOf(changed(more(7)), facts)).toEqual([])
  })

  it('six inputs never', () => {
    expect(warningsOf(changed(more(6)))).toEqual([])
  })

  it('a review only after the longest quarter', () => {
    const at = (days: number) => warningsOf(changed(), undefined, Date.UTC(2026, 10, 1) + days * DAY).length

    expect([at(-100), at(92), at(92.5)]).toEqual([0, 0, 1])
  })
})

describe('presets', () => {
  it.each(presetNames())('%s gives no warning', name => {
    expect(warningsOf(readPreset(name))).toEqual([])
  })

  it('have as many inputs as their sources, and no others are let off', () => {
    const inputs = presetNames().map(
      name => [name, checkModel(readPreset(name)).model?.components.length ?? 0] as const,
    )

    expect(Object.fromEntries(inputs.filter(([, count]) => count > 6))).toEqual(PUBLISHED_INPUTS)
  })

  it('with one input more are warned about', () => {
    const text = readPreset('saas').replace(
      'components:\n',
      'components:\n  - {id: more, weight: 1, measures: [{id: more, metric: x, take: latest, over: 9d, scale: {0: 0, 1: 100}}]}\n',
    )

    expect(warningsOf(text, undefined, LOOKED_AT).map(({ path }) => path)).toEqual(['components'])
  })
})

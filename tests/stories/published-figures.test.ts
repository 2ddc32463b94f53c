import { describe, expect, it } from 'vitest'
import { attributesOf } from '../../src/domain/accounts/account.ts'
import type { Model } from '../../src/domain/model/model.ts'
import { bandAt } from '../../src/domain/scoring/outline.ts'
import { scoreOn } from '../../src/domain/scoring/readings/scale.ts'
import { assess } from '../../src/domain/scoring/score.ts'
import { MORNING, observed, presetModel } from '../support/story-days.ts'

/** Every component of a model as one measure that reads its score from an attribute of its own name. */
function scoredBy(model: Model): Model {
  const components = model.components.map(component => ({
    ...component,
    measures: [
      {
        id: component.id,
        input: { from: 'attribute' as const, attribute: component.id },
        scale: {
          form: 'linear' as const,
          points: [
            [0, 0],
            [100, 100],
          ] as const,
        },
        weight: 1,
        movable: true,
      },
    ],
  }))
  return { ...model, components, watch: [], caps: [] }
}

function assessScores(model: Model, scores: Readonly<Record<string, number>>) {
  const values = new Map(Object.entries(scores).map(([id, score]) => [id, [{ from: 0, value: String(score) }]]))
  return assess(scoredBy(model), observed([], attributesOf(values)), MORNING)
}

describe('the published figures', () => {
  const yourcx = presetModel('yourcx')
  const all = (score: number) => Object.fromEntries(yourcx.components.map(({ id }) => [id, score]))

  it('YourCX weighs its seven components 20, 20, 20, 15, 10, 10 and 5', () => {
    expect(yourcx.components.map(({ weight }) => weight)).toEqual([20, 20, 20, 15, 10, 10, 5])
  })

  it('YourCX gives 80 where every component is at 80', () => {
    expect(assessScores(yourcx, all(80)).score).toMatchObject({ shown: 80, value: expect.closeTo(80, 9) })
  })

  it.each([
    [0, 'at_risk'],
    [39, 'at_risk'],
    [40, 'attention'],
    [69, 'attention'],
    [70, 'healthy'],
    [100, 'healthy'],
  ])('YourCX calls %i %s', (score, band) => {
    expect(assessScores(yourcx, all(score)).score?.band.id).toBe(band)
  })

  it('a missing pulse of 20% is shared out as 25, 20, 20, 20 and 15', () => {
    const weights = { pulse: 20, a: 20, b: 16, c: 16, d: 16, e: 12 }
    const [template] = yourcx.components
    if (template === undefined) throw new Error('no component')
    const components = Object.entries(weights).map(([id, weight]) => ({ ...template, id, weight }))
    const { components: parts } = assessScores({ ...yourcx, components }, { a: 50, b: 50, c: 50, d: 50, e: 50 })

    expect(parts().map(({ share }) => Math.round(share * 100))).toEqual([0, 25, 20, 20, 20, 15])
  })

  it('a scale from 7 to 30 gives 48 for 18, 0 for 5 and 100 for 35', () => {
    const scale = {
      form: 'linear' as const,
      points: [
        [7, 0],
        [30, 100],
      ] as const,
    }

    expect([18, 5, 35].map(reading => Math.round(scoreOn(scale, reading)))).toEqual([48, 0, 100])
  })

  it('the three band sets disagree about 70', () => {
    const at70 = (name: string) => bandAt(presetModel(name).bands, 70).id

    expect([at70('yourcx'), at70('glossary'), at70('kpi-depot')]).toEqual(['healthy', 'at_risk', 'moderate'])
  })

  it.each([
    ['glossary', [0, 31, 71]],
    ['kpi-depot', [0, 60, 80]],
    ['five-step', [0, 50, 80]],
    ['four-metric', [0, 40, 70]],
    ['akita', [0, 40, 70]],
  ])('%s keeps its bands', (name, lines) => {
    expect(presetModel(name).bands.map(({ from }) => from)).toEqual(lines)
  })

  it.each(['glossary', 'four-metric'])('%s weighs its components equally', name => {
    expect(new Set(presetModel(name).components.map(({ weight }) => weight)).size).toBe(1)
  })

  it("KPI Depot's weights have a mean of 1, so that its formula is a weighted mean", () => {
    const { components } = presetModel('kpi-depot')

    expect(components.reduce((sum, { weight }) => sum + weight, 0) / components.length).toBeCloseTo(1, 9)
  })

  it('Akita watches revenue, and gives it no weight', () => {
    const { watch } = presetModel('akita')

    expect(watch.map(({ id }) => id)).toEqual(expect.arrayContaining(['cac', 'crc', 'ltv']))
  })
})

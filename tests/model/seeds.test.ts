import { describe, expect, it } from 'vitest'
import { type Seed, seedsOf } from '../../src/model/lint/seeds.ts'
import { checkModel } from '../../src/model/load.ts'
import { presetNames, readPreset } from '../../src/model/presets.ts'
import { changed, LOOKED_AT, type Loose } from '../support/sound-model.ts'

function seedsIn(text: string): Seed[] {
  const checked = checkModel(text)
  if (checked.model === undefined) throw new Error(JSON.stringify(checked.errors))
  return seedsOf(checked.file, LOOKED_AT)
}

const seed = (text: string, practice: string) => seedsIn(text).find(found => found.practice.startsWith(practice))
const put = (values: object) => changed(model => void Object.assign(model, values))

describe('the practices of the literature', () => {
  it('each stand once, with their sources and one phrase of evidence', () => {
    const seeds = seedsIn(changed())

    expect(seeds.map(({ practice, sources }) => `${practice} (${sources})`)).toEqual([
      'Define what healthy means (Y, G)',
      'Four to six inputs at first; too many blur (Y, G, F, K)',
      'Combine what customers say with what they do (Y)',
      'NPS, CSAT and CES are parts, never the whole (Y, G)',
      'Value over activity (G)',
      'Balance lagging inputs with leading ones (G)',
      'Segment (Y, G, F, K)',
      'Different weights for different signals (Y)',
      'Trend, not only the value (Y, A)',
      'Show the drivers (Y)',
      'Every band has an action, an owner and a time (Y, G)',
      'Explainable in one sentence (G)',
      'Validate against renewals and churns (G, Y)',
      'Review quarterly, or monthly (G, K)',
      'Fresh inputs (Y, G)',
      "Do not copy another company's model unchanged (Y)",
      'A feature that a plan lacks is not applicable, not zero (F)',
      'No input that is derived from the score or from churn itself (ours)',
    ])
    expect(seeds.every(({ evidence }) => evidence.length > 3)).toBe(true)
  })

  it.each<[string, string, boolean, string]>([
    ['Define', changed(), true, 'Seats are used, and they like it.'],
    ['Define', put({ healthy_means: undefined }), false, 'healthy_means is missing'],
    ['Four to six', readPreset('glossary'), true, '6 components'],
    ['Four to six', readPreset('saas'), false, '7 components'],
    ['Combine', changed(), true, '40% declared, 60% from what they do'],
    [
      'NPS',
      changed(model => void Object.assign(model.components?.[1] as Loose, { weight: 180 })),
      false,
      'surveys make 75% of the weight',
    ],
    ['Segment', changed(), true, 'bands of their own for enterprise'],
    ['Segment', put({ segments: [] }), false, 'one set of thresholds for all'],
    ['Different weights', readPreset('four-metric'), false, 'all weights are equal'],
    ['Different weights', readPreset('yourcx'), true, '4 different weights'],
    ['Trend', changed(), false, 'no measure of change, sharp drops raise no alert'],
    ['Every band', put({ playbooks: [] }), false, 'no action for scores of 0-39, 40-69 and 70-100'],
    ['Every band', changed(), true, '2 tasks with a due time, for csm'],
    ['Explainable', changed(), true, '60% Usage and 40% Voice'],
    ['Review', put({ reviewed_on: '2026-01-01' }), false, 'reviewed on 2026-01-01'],
    ['Fresh', readPreset('four-metric'), false, 'setup_progress never grows stale: it has no window'],
    ['Do not copy', readPreset('saas'), false, 'scores exactly as the preset saas'],
    [
      'Do not copy',
      readPreset('saas').replace('name: saas', 'name: ours').replace('weight: 10', 'weight: 12'),
      true,
      'differs from every preset',
    ],
    ['A feature', readPreset('five-step'), true, 'reporting counts only where it applies'],
  ])('%s', (practice, text, followed, evidence) => {
    expect(seed(text, practice)).toMatchObject({ followed, evidence })
  })

  it.each(presetNames())('are followed by the preset %s, but for what a preset cannot do', name => {
    const missed = seedsIn(readPreset(name)).filter(({ followed }) => !followed)

    expect(missed.length).toBeLessThanOrEqual(5)
  })
})

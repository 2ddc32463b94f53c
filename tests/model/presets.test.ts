import { describe, expect, it } from 'vitest'
import { demoPortfolio } from '../../src/demo/portfolio.ts'
import { attributesOf } from '../../src/domain/accounts/account.ts'
import { COMPONENT_KINDS, type Component, type Model } from '../../src/domain/model/model.ts'
import { assess } from '../../src/domain/scoring/score.ts'
import { checkModel } from '../../src/model/load.ts'
import { presetNames, readPreset } from '../../src/model/presets.ts'
import type { ModelFile } from '../../src/model/schema/model.ts'
import { MORNING, observed, presetModel } from '../support/story-days.ts'
import { signalsByAccount } from '../support/story-signals.ts'

const NAMES = presetNames()

function fileOf(name: string): ModelFile {
  const checked = checkModel(readPreset(name))
  if (checked.model === undefined) throw new Error(JSON.stringify(checked.errors))
  return checked.file
}

function shareOf(model: Model, counts: (component: Component) => boolean): number {
  const weight = (components: readonly Component[]) => components.reduce((sum, { weight }) => sum + weight, 0)
  return weight(model.components.filter(counts)) / weight(model.components)
}

describe('the presets', () => {
  it('are the five methods and the seven industries of the literature', () => {
    expect(NAMES).toEqual([
      'akita',
      'b2b-services',
      'ecommerce',
      'financial-services',
      'five-step',
      'four-metric',
      'glossary',
      'insurance',
      'kpi-depot',
      'retail',
      'saas',
      'yourcx',
    ])
  })

  describe.each(NAMES)('%s', name => {
    it('has no errors, says what healthy means, and when it was reviewed', () => {
      expect(checkModel(readPreset(name)).errors).toEqual([])
      expect(fileOf(name)).toMatchObject({
        name,
        reviewed_on: '2026-11-01',
        healthy_means: expect.stringMatching(/\.$/),
      })
    })

    it('names its source, and what is our choice', () => {
      const comment = readPreset(name).split('\nname:')[0]?.replaceAll('\n# ', ' ')

      expect(comment).toMatch(/^# /)
      expect(comment).toMatch(/our choice/i)
    })

    it('explains every component and asks what to find out', () => {
      for (const component of presetModel(name).components) {
        expect(component).toMatchObject({ kind: expect.toBeOneOf([...COMPONENT_KINDS]), why: expect.any(String) })
        expect(component.ask.length, component.id).toBeGreaterThan(0)
        expect(component.tags, component.id).toEqual([
          expect.toBeOneOf(['leading', 'lagging']),
          expect.toBeOneOf(['activity', 'value']),
        ])
      }
    })

    it('has words for every metric that it takes', () => {
      const model = presetModel(name)
      const inputs = [...model.components.flatMap(({ measures }) => measures), ...model.watch].map(({ input }) => input)
      const taken = inputs.flatMap(input =>
        input.from === 'metric' ? [input.metric, input.per?.metric ?? []].flat() : [],
      )

      expect(taken.filter(metric => model.metrics[metric]?.label === undefined)).toEqual([])
    })

    it('balances what leads with what lags, and does not live on surveys or activity', () => {
      const model = presetModel(name)
      const leading = shareOf(model, ({ tags }) => tags.includes('leading'))

      expect(leading).toBeGreaterThanOrEqual(0.25)
      expect(leading).toBeLessThanOrEqual(0.75)
      expect(shareOf(model, ({ tags }) => tags.includes('value'))).toBeGreaterThanOrEqual(0.5)
      expect(shareOf(model, ({ kind }) => kind === 'declared')).toBeLessThanOrEqual(0.5)
    })

    it('is stricter with an enterprise', () => {
      const model = presetModel(name)
      const healthy = model.bands.at(-1)
      const enterprise = model.segments.find(({ id }) => id === 'enterprise')

      expect(enterprise?.bands[healthy?.id ?? '']).toBeGreaterThan(healthy?.from ?? 100)
    })

    it('gives every alert kind, and every score an action with an owner', () => {
      const { alerts, playbooks } = fileOf(name)
      const levels = playbooks.flatMap(({ on }) => {
        if ('below' in on) return [[0, on.below]]
        if ('above' in on) return [[on.above, 100]]
        return 'between' in on ? [on.between] : []
      })
      const ends = levels.map(([from = 0, to = 0]) => ({ from, to })).sort((a, b) => a.from - b.from)

      expect(alerts.map(({ kind }) => kind)).toEqual([
        'at_risk',
        'sharp_drop',
        'expansion_ready',
        'pulse_divergence',
        'renewal_risk',
        'went_silent',
      ])
      expect([ends[0]?.from, ends.at(-1)?.to]).toEqual([0, 100])
      expect(ends.slice(1).map(({ from }) => from)).toEqual(ends.slice(0, -1).map(({ to }) => to))
    })

    it('has the plays of the literature: low, medium, high, a fall below 60, and a drop by the component that caused it', () => {
      const { playbooks, components } = fileOf(name)
      const titles = (wanted: (on: (typeof playbooks)[number]['on']) => boolean) =>
        playbooks.filter(({ on }) => wanted(on)).flatMap(({ tasks }) => tasks.map(({ title }) => title).join(' '))

      const [low = ''] = titles(on => 'below' in on)
      for (const act of [/call|write|review/i, /owner/, /priority/, /loop/]) expect(low).toMatch(act)
      expect(low.split(/(?=[A-Z])/).length).toBeGreaterThanOrEqual(5)
      expect(titles(on => 'between' in on)[0]).toMatch(/check in|remind|ask/i)
      expect(titles(on => 'above' in on)[0]).toMatch(/reference|review|referral/)
      expect(titles(on => 'alert' in on && on.alert === 'sharp_drop' && on.driver === undefined)).toEqual([
        expect.stringContaining('find the component that fell'),
      ])
      const falls = playbooks.filter(({ on }) => 'crosses_below' in on || ('below' in on && on.below === 60))
      expect(falls.length).toBeGreaterThan(0)
      const drivers = playbooks.flatMap(({ on }) => ('alert' in on && on.driver !== undefined ? [on.driver] : []))
      expect(drivers.sort()).toEqual(components.map(({ id }) => id).sort())
    })

    it('reads every component of nearly every account in a portfolio of its own', () => {
      const portfolio = demoPortfolio({ seed: 3, endsOn: '2026-11-01', preset: name })
      const signals = signalsByAccount(portfolio)
      const model = presetModel(name)
      const read = portfolio.accounts.map(({ id, attributes }) =>
        assess(model, observed(signals.get(id) ?? [], attributesOf(attributes)), MORNING),
      )

      for (const { id } of model.components) {
        const known = read.filter(({ components }) =>
          components().some(part => part.component.id === id && part.score !== undefined),
        )
        expect(known.length, id).toBeGreaterThanOrEqual(54)
      }
      expect(
        read.filter(({ score }) => score !== undefined && score.value >= 0 && score.value <= 100).length,
      ).toBeGreaterThanOrEqual(57)
    })
  })
})

describe('the glossary', () => {
  it('says that nothing happens from 70 to 80', () => {
    const play = fileOf('glossary').playbooks.find(({ id }) => id === 'no-action')

    expect(play).toMatchObject({
      on: { between: [70, 80] },
      tasks: [],
      no_action: expect.stringContaining('No action by design'),
    })
  })
})

import { describe, expect, it } from 'vitest'
import type { Fired, LintFacts } from '../../src/model/lint/lint-facts.ts'
import { changed, type Loose, warningsOf } from '../support/sound-model.ts'

const FED: LintFacts = { metrics: new Set(['active_users', 'seats', 'nps']), attributes: new Set(), days: 40 }
const ALL: Fired = {
  drivers: new Set(['usage', 'voice']),
  caps: new Set([0]),
  alerts: new Set(['at_risk']),
  expansion: true,
}
const pathsOf = (facts: LintFacts, change?: (model: Loose) => void) =>
  warningsOf(changed(change), facts).map(({ path }) => path)
const add = (values: object) => (model: Loose) => void Object.assign(model, values)

describe('a database has nothing to say', () => {
  it('of a model in which everything is fed and had its effect', () => {
    expect(pathsOf({ ...FED, fired: ALL })).toEqual([])
  })

  it('of what never happened while the history is too short', () => {
    expect(pathsOf(FED)).toEqual([])
  })

  it('of growth signals that wait for their first', () => {
    const watch = [{ id: 'inquiries', metric: 'inquiries', take: 'count', over: '90d', when_empty: 0 }]

    expect(pathsOf(FED, add({ watch }))).toEqual([])
  })
})

describe('a database shows', () => {
  it.each([
    [
      'a metric without any signal',
      { metrics: new Set(['active_users', 'seats']) },
      'components[1].measures[0].metric',
    ],
    ['a divisor without any', { metrics: new Set(['active_users', 'nps']) }, 'components[0].measures[0].per.metric'],
    ['a component that was never a top driver', { fired: { ...ALL, drivers: new Set(['usage']) } }, 'components[1]'],
    ['a cap that never fired', { fired: { ...ALL, caps: new Set<number>() } }, 'caps[0]'],
    ['an alert rule that never fired', { fired: { ...ALL, alerts: new Set<'at_risk'>() } }, 'alerts[0]'],
    ['an expansion rule that never fired', { fired: { ...ALL, expansion: false } }, 'expansion'],
  ])('%s', (_, facts, path) => {
    expect(pathsOf({ ...FED, fired: ALL, ...facts })).toEqual([path])
  })

  it('a watched metric without any signal', () => {
    expect(pathsOf(FED, add({ watch: [{ id: 'cac', metric: 'cac', take: 'latest' }] }))).toEqual(['watch[0].metric'])
  })

  it('an attribute that no account has', () => {
    const scale = { 0: 0, 1: 100 }
    const own = { id: 'own', weight: 1, measures: [{ id: 'own', from: 'attribute', attribute: 'sites', scale }] }
    const change = (model: Loose) => void (model.components as unknown as object[]).push(own)

    expect(pathsOf(FED, change)).toEqual(['components[2].measures[0].attribute'])
    expect(pathsOf({ ...FED, attributes: new Set(['sites']) }, change)).toEqual([])
  })

  it('a model that scored longer than a quarter and was never reviewed', () => {
    const unreviewed = (model: Loose) => void delete model.reviewed_on

    expect(pathsOf({ ...FED, days: 92 }, unreviewed)).toEqual([])
    expect(pathsOf({ ...FED, days: 93 }, unreviewed)).toEqual(['reviewed_on'])
  })
})

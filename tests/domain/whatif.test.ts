import { describe, expect, it } from 'vitest'
import { attributesOf } from '../../src/domain/accounts/account.ts'
import type { Model } from '../../src/domain/model/model.ts'
import { historyOf } from '../../src/domain/scoring/readings/window.ts'
import { type WhatIf, whatIf } from '../../src/domain/what-if/what-if.ts'
import { checkModel } from '../../src/model/load.ts'
import { changeWords } from '../../src/views/scoring/change-words.ts'
import { at } from '../support/world.ts'

const NOW = at('2026-11-02')

const BANDS = `
bands:
  - {id: at_risk, role: at_risk, from: 0}
  - {id: attention, role: attention, from: 40}
  - {id: healthy, role: healthy, from: 70}
`

function modelOf(measures: readonly string[], more = ''): Model {
  const components = measures.map((measure, index) => `  - {id: c${index}, weight: 1, measures: [${measure}]}`)
  const { model, errors } = checkModel(`name: any\ncomponents:\n${components.join('\n')}\n${BANDS}${more}`)
  if (model === undefined) throw new Error(JSON.stringify(errors))
  return model
}

/** `nps 10` observed a day ago, or `nps 10 2026-10-01`; `plan=3` is an attribute. */
function asked(model: Model, ...facts: readonly string[]): WhatIf {
  const signals = facts
    .filter(fact => !fact.includes('='))
    .map((fact, index) => {
      const [metric = '', value = '', day = '2026-11-01'] = fact.split(' ')
      return { metric, value: Number(value), observedAt: at(day), receivedAt: at(day), id: String(index) }
    })
  const attributes = facts
    .filter(fact => fact.includes('='))
    .map(fact => fact.split('='))
    .map(([name = '', value]) => [name, [{ from: 0, value }]] as const)
  return whatIf(model, { history: historyOf(signals), attribute: attributesOf(new Map(attributes)) }, NOW)
}

function words(model: Model, found: WhatIf): string[] {
  if (found.kind !== 'next') return [found.kind]
  const proposals = found.combination === undefined ? found.singles : [found.combination]
  return proposals.map(({ changes }) => changes.map(change => changeWords(model, change)).join(' and '))
}

describe('a single change', () => {
  const linear = 'scale: {0: 0, 100: 100}'

  it.each([
    [
      'is a reading on the scale, in whole numbers',
      '{id: nps, label: NPS, metric: nps, take: latest, scale: {-100: 0, 100: 100}}',
      ['nps 10'],
      ['NPS from 10 to 39'],
    ],
    [
      'of a ratio is one of its numerator',
      '{id: use, metric: users, take: latest, per: {metric: seats}, scale: {0: 0, 1: 100}}',
      ['users 14', 'seats 40'],
      ['Users from 14 to 16 of 40 seats'],
    ],
    [
      'of steps is the edge of the nearest step that is high enough',
      '{id: tickets, metric: tickets, take: sum, over: 30d, steps: {0: 100, 1: 60, 3: 0}}',
      ['tickets 5'],
      ['Tickets from 5 to 2 in 30 days'],
    ],
    [
      'of a mean is given with the decimals that are shown',
      '{id: csat, label: CSAT, metric: csat, take: mean, over: 30d, scale: {1: 0, 5: 100}}',
      ['csat 2', 'csat 1'],
      ['CSAT from 1.5 to 2.58 on average in 30 days'],
    ],
    [
      'of an attribute moves the attribute',
      `{id: modules, from: attribute, attribute: modules, ${linear}}`,
      ['modules=12'],
      ['Modules from 12 to 40'],
    ],
    [
      'goes down where less is better',
      '{id: last, label: Last meeting, metric: meeting, take: days_since, scale: {10: 100, 110: 0}}',
      ['meeting 1 2026-08-04'],
      ['Last meeting from 90 days ago to 70 days ago, or more recently'],
    ],
  ])('%s', (_, measure, facts, expected) => {
    const model = modelOf([measure])

    const found = asked(model, ...facts)

    expect(words(model, found)).toEqual(expected)
  })

  it('is a first reading where there is none yet, which says so', () => {
    const model = modelOf([
      `{id: use, metric: use, take: latest, movable: false, ${linear}}`,
      `{id: nps, label: NPS, metric: nps, take: latest, over: 30d, ${linear}}`,
    ])

    expect(words(model, asked(model, 'use 30'))).toEqual(['A first NPS of 49'])
    expect(words(model, asked(model, 'use 30', 'nps 5 2026-01-01'))).toEqual(['A new NPS of 49'])
  })

  it('is never one of a measure that cannot be moved', () => {
    const model = modelOf([
      `{id: age, metric: age, take: latest, movable: false, ${linear}}`,
      `{id: nps, label: NPS, metric: nps, take: latest, ${linear}}`,
    ])

    expect(words(model, asked(model, 'age 30', 'nps 30'))).toEqual(['NPS from 30 to 49'])
  })

  it('lifts the cap that asks about it, be it a measure without weight', () => {
    const caps = `
watch: [{id: sponsors, metric: sponsors, take: latest}]
caps: [{when: {measure: sponsors, below: 1}, at_most: 30, because: No sponsor}]`
    const model = modelOf([`{id: nps, metric: nps, take: latest, ${linear}}`], caps)

    const found = asked(model, 'nps 50', 'sponsors 0')

    expect(words(model, found)).toEqual(['Sponsors from 0 to 1'])
    expect(found).toMatchObject({ singles: [{ shown: 50, lifts: ['No sponsor'] }] })
  })

  it('reaches the line of the segment', () => {
    const segments = 'segments: [{id: large, when: {attribute: size, is: large}, bands: {attention: 55}}]'
    const model = modelOf([`{id: nps, label: NPS, metric: nps, take: latest, ${linear}}`], segments)

    expect(words(model, asked(model, 'nps 30', 'size=large'))).toEqual(['NPS from 30 to 55'])
  })
})

describe('when no single change is enough', () => {
  const measure = (id: string) =>
    `{id: ${id}, label: ${id.toUpperCase()}, metric: ${id}, take: latest, scale: {0: 0, 10: 100}}`

  it('the fewest changes do it together, and go no further than they must', () => {
    const model = modelOf([measure('a'), measure('b'), measure('c')])

    const found = asked(model, 'a 4', 'b 5', 'c 5')

    expect(words(model, found)).toEqual(['A from 4 to 6 and B from 5 to 10'])
    expect(found).toMatchObject({ singles: [], combination: { shown: 70 } })
  })

  it('what cannot be moved is in no combination', () => {
    const fixed = measure('b').replace('{', '{movable: false, ')
    const model = modelOf([measure('a'), fixed, measure('c')])

    expect(words(model, asked(model, 'a 4', 'b 5', 'c 5'))).toEqual(['A from 4 to 6 and C from 5 to 10'])
  })
})

describe('when there is nothing to lift', () => {
  const model = modelOf(['{id: nps, metric: nps, take: latest, scale: {0: 0, 100: 100}}'])

  it('says that the best band is reached', () => {
    expect(asked(model, 'nps 90')).toMatchObject({ kind: 'best', band: { id: 'healthy' } })
  })

  it('says what is missing where there is no score', () => {
    expect(asked(model)).toMatchObject({ kind: 'no_score', missing: [{ measure: { id: 'nps' } }] })
  })

  it('says which cap nothing can lift, and how far everything else would go', () => {
    const caps = 'caps: [{when: {attribute: sponsor, is: left}, at_most: 50, because: The sponsor left}]'
    const capped = modelOf(['{id: nps, metric: nps, take: latest, scale: {0: 0, 100: 100}}'], caps)

    const found = asked(capped, 'nps 45', 'sponsor=left')

    expect(found).toMatchObject({ singles: [], ceiling: { shown: 50, caps: [{ because: 'The sponsor left' }] } })
  })
})

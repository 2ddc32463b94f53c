import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readForm, readValues } from '../../../adapters/teams/inbound/read-values.ts'
import { actionOf } from '../../../adapters/teams/render/button.ts'
import { sizeOf } from '../../../adapters/teams/render/limits.ts'
import { renderCard } from '../../../adapters/teams/render/render-card.ts'
import { renderForm } from '../../../adapters/teams/render/render-form.ts'
import { splitCard } from '../../../adapters/teams/render/split-card.ts'
import { FORMS } from '../../../src/chat/forms.ts'
import { complaintsAbout, elementsIn, type Json, submittedBy, textsIn } from '../../support/adaptive-card.ts'
import { cardOf, type DemoDoor, formOf, openDemoDoor } from '../../support/demo-door.ts'
import { buttonsOn, type ProductCards, productCards } from '../../support/product-cards.ts'

let demo: DemoDoor
let cards: ProductCards['cards']
let forms: ProductCards['forms']

beforeAll(async () => {
  demo = await openDemoDoor()
  ;({ cards, forms } = await productCards(demo))
}, 60_000)

afterAll(() => demo.close())

async function submit(data: Json) {
  const sent = readForm(data)
  if (sent === undefined) throw new Error('no form came back')
  return demo.submit(sent.form, readValues(sent.form, data))
}

/** What is chosen at first comes with its label, and goes back without. */
const valueBegunWith = <T>(initial: T) =>
  typeof initial === 'object' && initial !== null && 'value' in initial ? initial.value : initial

describe('every card of the product', () => {
  it('is one that Teams knows, within the budget, with all its words', () => {
    expect(cards.size).toBeGreaterThan(40)
    for (const [words, card] of cards) {
      const drawn = splitCard(card).map(piece => renderCard(piece))
      expect([words, drawn.flatMap(complaintsAbout)]).toEqual([words, []])
      for (const piece of drawn) expect(sizeOf(piece)).toBeLessThanOrEqual(24_000)
      expect(JSON.stringify(drawn)).not.toContain('Something broke')
      const shown = drawn.flatMap(textsIn)
      expect(shown[0]).toBe(card.title)
      expect(shown.filter(text => text.endsWith('…') && !/^Assign to…/.test(text))).toEqual([])
    }
  })

  it('has all its buttons, each of which can be read back', () => {
    for (const card of cards.values()) {
      const drawn = splitCard(card).flatMap(piece => elementsIn(renderCard(piece)))
      const actions = drawn.filter(({ type }) => type === 'Action.Execute' || type === 'Action.Submit')
      const found = actions.map(({ verb, data }) => actionOf(verb === undefined ? { data } : { verb, data }))
      for (const { action, value } of buttonsOn(card)) {
        expect(found).toContainEqual(expect.objectContaining({ action, value }))
      }
    }
  })

  it('names its commands without the slash, which Teams does not know', () => {
    const shown = [...cards.values()].flatMap(card => textsIn(renderCard(card)))

    expect(shown.filter(text => /\/health\b/.test(text))).toEqual([])
    expect(shown.map(text => text.trim())).toContain('health explain NAME')
  })
})

describe('every form of the product', () => {
  it('was opened here', () => {
    expect([...forms.keys()].sort()).toEqual(Object.keys(FORMS).sort())
  })

  it('is one that Teams knows, and keeps its own things apart from what is typed', () => {
    for (const form of forms.values()) {
      for (const typeahead of [true, false]) {
        const card = renderForm(form, { typeahead })
        expect([form.id, complaintsAbout(card)]).toEqual([form.id, []])
        expect(sizeOf(card)).toBeLessThanOrEqual(24_000)
      }
      const ids = form.fields.map(({ id }) => id)
      expect(ids.filter(id => ['form', 'origin', 'action', 'value', 'msteams'].includes(id))).toEqual([])
    }
  })

  it('comes back with what it began with, and says under each field what is wrong', async () => {
    for (const form of forms.values()) {
      const data = submittedBy(renderForm(form))
      const begun = form.fields.flatMap(field =>
        'initial' in field && field.initial ? [[field.id, valueBegunWith(field.initial)]] : [],
      )
      expect(readValues(form, data)).toMatchObject(Object.fromEntries(begun))

      const reply = await submit(data)
      if (reply.kind !== 'errors') continue
      const again = renderForm(form, { errors: reply.errors, values: readValues(form, data) })
      expect(complaintsAbout(again)).toEqual([])
      const shown = textsIn(again)
      for (const sentence of Object.values(reply.errors)) expect(shown).toContain(`⚠ ${sentence}`)
      expect(readValues(form, submittedBy(again))).toEqual(readValues(form, data))
    }
  })

  it('does what it is for: a pulse given in Teams', async () => {
    const form = formOf(await demo.press('pulse', 'acme'))

    const reply = await submit(
      submittedBy(renderForm(form), { rating: '2', note: 'They <b>stopped</b> answering', reasons: 'sponsor,price' }),
    )

    expect(reply).toMatchObject({ kind: 'card' })
    expect(JSON.stringify(cardOf(await demo.ask('timeline acme')))).toContain('They <b>stopped</b> answering')
  })
})

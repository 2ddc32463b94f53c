import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actionOf } from '../../../adapters/teams/button.ts'
import { sizeOf } from '../../../adapters/teams/limits.ts'
import { readForm, readValues } from '../../../adapters/teams/read-values.ts'
import { renderCard } from '../../../adapters/teams/render-card.ts'
import { renderForm } from '../../../adapters/teams/render-form.ts'
import { splitCard } from '../../../adapters/teams/split-card.ts'
import { FORMS } from '../../../src/chat/forms.ts'
import { COMMAND_NAMES } from '../../../src/chat/words/vocabulary.ts'
import { unresolvedAlertDetails } from '../../../src/store/alerts/alert-details.ts'
import { alertCard } from '../../../src/views/alerts/alert-card.ts'
import { stormCard } from '../../../src/views/alerts/storm-card.ts'
import type { Button, Card } from '../../../src/views/card.ts'
import type { Form } from '../../../src/views/form.ts'
import { complaintsAbout, elementsIn, type Json, submittedBy, textsIn } from '../../support/adaptive-card.ts'
import { cardOf, type DemoDoor, formOf, openDemoDoor } from '../../support/demo-door.ts'

/** What is asked with each command. */
const WORDS = [
  ...COMMAND_NAMES.flatMap(name => [name, `${name} acme`]),
  ...['acme', 'a', 'nobody knows', 'list at-risk', 'compare acme --presets', 'digest create team', 'alerts unclaimed'],
]

let demo: DemoDoor
const cards = new Map<string, Card>()
const forms = new Map<string, Form>()

beforeAll(async () => {
  demo = await openDemoDoor()
  for (const words of WORDS) {
    const reply = await demo.ask(words)
    if (reply.kind === 'card') cards.set(words, reply.card)
    if (reply.kind === 'form') forms.set(reply.form.id, reply.form)
  }
  await addTask()
  const { connection, settings, clock } = demo.context
  const { model } = settings
  const alerts = await unresolvedAlertDetails(connection.db, clock())
  for (const alert of alerts) cards.set(`alert ${alert.id}`, alertCard(model, alert, { showArr: true }))
  cards.set('a storm', stormCard(model, alerts, 'storm'))
  const buttons = [...cards.values()].flatMap(buttonsOn)
  for (const [action, { value }] of new Map(buttons.map(button => [button.action, button]))) {
    const reply = await demo.press(action, value)
    if (reply.kind === 'card') cards.set(`pressed ${action}`, reply.card)
    if (reply.kind === 'form') forms.set(reply.form.id, reply.form)
  }
  const said = { text: '*Great* <at>meeting</at>', writtenAt: 0, message: { channel: 'c', id: '1' }, canOpenForm: true }
  const actor = { platform: 'teams', userId: 'edo' }
  const comment = formOf(await demo.door.shortcut({ ...said, actor, name: 'add_to_timeline', deliveryId: 'd' }))
  forms.set(comment.id, comment)
}, 60_000)

afterAll(() => demo.close())

/** Through the form as Teams draws it, so that there is a task whose buttons can be pressed. */
async function addTask(): Promise<void> {
  const form = formOf(await demo.press('task-add', 'acme'))
  forms.set(form.id, form)
  const data = submittedBy(renderForm(form), { title: 'Call **them**', to: 'ana@example.com', due: '2bd' })
  const reply = await submit(data)
  expect(reply).toMatchObject({ kind: 'card' })
  cards.set('a task', cardOf(await demo.ask('tasks acme')))
}

async function submit(data: Json) {
  const sent = readForm(data)
  if (sent === undefined) throw new Error('no form came back')
  const { id, state } = sent.form
  const actor = { platform: 'teams', userId: 'edo' }
  const values = readValues(sent.form, data)
  return demo.door.submit({ actor, form: id, state, values, deliveryId: `${id} ${JSON.stringify(values)}` })
}

function buttonsOn(card: Card): readonly Button[] {
  const items = card.parts.flatMap(part => (part.kind === 'list' ? part.items : []))
  return [...(card.buttons ?? []), ...items.flatMap(({ button }) => button ?? [])]
}

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
      for (const { action, value } of buttonsOn(card)) expect(found).toContainEqual({ action, value })
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
    expect([...forms.keys()].sort()).toEqual(FORMS.map(({ id }) => id).sort())
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
        'initial' in field && field.initial ? [[field.id, field.initial]] : [],
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

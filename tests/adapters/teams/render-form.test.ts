import { describe, expect, it } from 'vitest'
import { readForm, readValues } from '../../../adapters/teams/inbound/read-values.ts'
import { renderForm } from '../../../adapters/teams/render/render-form.ts'
import type { Field, Form, Option } from '../../../src/views/form.ts'
import { complaintsAbout, elementsIn, submittedBy, textsIn } from '../../support/adaptive-card.ts'

const options = (count: number): Option[] =>
  Array.from({ length: count }, (_, n) => ({ value: `v${n}`, label: `Option ${n}` }))

const form = (...fields: Field[]): Form => ({
  id: 'snooze',
  title: 'Snooze an alert',
  submit: 'Snooze',
  state: 'alert:1',
  fields,
})

const inputIn = (card: unknown) => elementsIn(card).find(({ type }) => type.startsWith('Input.'))
const why: Field = { kind: 'text', id: 'why', label: 'Why', hint: 'In a few words', multiline: true, maxLength: 200 }

describe('a form in Teams', () => {
  it('is a card with an input for each field, a button with which the form itself travels, and a way out', () => {
    const given = { ...form(why), intro: 'Until when?' }

    const card = renderForm(given, { origin: { channel: '19:a', id: '7' } })

    expect(complaintsAbout(card)).toEqual([])
    expect(textsIn(card)).toEqual([
      'Snooze an alert',
      'Until when?',
      'Why',
      'This is required.',
      'In a few words',
      'Snooze',
      'Cancel',
    ])
    expect(card.actions).toMatchObject([
      { type: 'Action.Execute', verb: 'submit', title: 'Snooze' },
      { verb: 'cancel' },
    ])
    expect(readForm(submittedBy(card))).toEqual({ form: given, origin: { channel: '19:a', id: '7' } })
  })

  it('is sent in a dialog as dialogs send', () => {
    const card = renderForm(form(why), { inDialog: true })

    expect(card.actions).toMatchObject([{ type: 'Action.Submit', title: 'Snooze' }])
    expect(readForm(submittedBy(card))).toEqual({ form: form(why) })
  })

  it.each([
    ['a line', { kind: 'text', initial: 'As\nnow' }, { type: 'Input.Text', value: 'As now', maxLength: 3_000 }],
    ['a paragraph', { kind: 'text', multiline: true, initial: 'As\nnow' }, { isMultiline: true, value: 'As\nnow' }],
    ['a few options', { kind: 'choice', options: options(3), initial: 'v1' }, { style: 'expanded', value: 'v1' }],
    ['many options', { kind: 'choice', options: options(30) }, { style: 'filtered' }],
    ['any number of a few', { kind: 'choices', options: options(4) }, { isMultiSelect: true }],
    ['an account by its name or id', { kind: 'account' }, { type: 'Input.Text' }],
    ['what may stay empty', { kind: 'text', optional: true }, { type: 'Input.Text' }],
  ] as const)('offers %s', (_, field, expected) => {
    const given = form({ ...field, id: 'f', label: 'Field' } as Field)

    const card = renderForm(given)

    expect(complaintsAbout(card)).toEqual([])
    expect(inputIn(card)).toMatchObject({ id: 'f', label: 'Field', ...expected })
    expect(inputIn(card)?.isRequired).toBe('optional' in field ? undefined : true)
  })

  it('looks accounts up while letters are typed, where that can be had', () => {
    const given = form({ kind: 'account', id: 'account', label: 'Account' })

    const card = renderForm(given, { typeahead: true })

    expect(complaintsAbout(card)).toEqual([])
    expect(inputIn(card)).toMatchObject({
      style: 'filtered',
      'choices.data': { type: 'Data.Query', dataset: 'accounts' },
    })
    expect(inputIn(renderForm(given, { typeahead: true, values: { account: 'acme' } }))).toMatchObject({
      value: 'acme',
      choices: [{ title: 'acme', value: 'acme' }],
    })
  })

  it('looks people up in a list of their own, and takes a name where that cannot be had', () => {
    const given = form({ kind: 'person', id: 'to', label: 'To whom?' })
    const data = { type: 'Data.Query', dataset: 'people' }

    expect(inputIn(renderForm(given, { typeahead: true }))).toMatchObject({ style: 'filtered', 'choices.data': data })
    expect(inputIn(renderForm(given))).toMatchObject({ type: 'Input.Text', placeholder: 'A name or an e-mail address' })
  })

  it('says where there is nothing to choose from, for Teams takes no empty choice', () => {
    const card = renderForm(form({ kind: 'choice', id: 'f', label: 'Task', options: [] }))

    expect(complaintsAbout(card)).toEqual([])
    expect(textsIn(card)).toContain('Task: there is nothing to choose from.')
  })
})

describe('a form that was refused', () => {
  const rating: Field = { kind: 'choice', id: 'rating', label: 'Rating', options: options(5), initial: 'v2' }
  const reasons: Field = { kind: 'choices', id: 'reasons', label: 'Reasons', options: options(4) }

  it('says what is wrong under the field, and keeps everything that was typed', () => {
    const values = { why: 'Because *they* said so', rating: 'v4', reasons: ['v1', 'v3'] }
    const errors = { why: 'Say it in fewer words.', other: 'The alert is resolved already.' }

    const card = renderForm(form(why, rating, reasons), { values, errors })

    expect(complaintsAbout(card)).toEqual([])
    const texts = textsIn(card)
    expect(texts.slice(1, 6)).toEqual([
      '⚠ The alert is resolved already.',
      'Why',
      'Because *they* said so',
      'This is required.',
      'In a few words',
    ])
    expect(texts[6]).toBe('⚠ Say it in fewer words.')
    expect(readValues(form(why, rating, reasons), submittedBy(card))).toEqual(values)
  })

  it('leaves empty what was emptied, though it had something at first', () => {
    const card = renderForm(form(rating), { values: { rating: undefined }, errors: { rating: 'Choose one.' } })

    expect(inputIn(card)?.value).toBeUndefined()
  })

  it('can be drawn again from what came back with it', () => {
    const first = renderForm(form(why, rating, reasons))
    const data = submittedBy(first, { why: 'So', rating: 'v0', reasons: 'v0,v2' })
    const sent = readForm(data)
    if (sent === undefined) throw new Error('no form came back')

    const again = renderForm(sent.form, { values: readValues(sent.form, data), errors: {} })

    expect(submittedBy(again)).toEqual(data)
  })
})

describe('choices from outside', () => {
  it('are no markdown: in a list that opens where one is chosen, by look-alikes where several are', () => {
    const hostile = [{ value: 'a', label: '**Dana** [x](https://evil.example)' }]

    const one = inputIn(renderForm(form({ kind: 'choice', id: 'f', label: 'F', options: hostile })))
    const several = inputIn(renderForm(form({ kind: 'choices', id: 'f', label: 'F', options: hostile })))

    expect(one).not.toHaveProperty('style')
    expect(one).toMatchObject({ choices: [{ title: '**Dana** [x](https://evil.example)' }] })
    expect(several).toMatchObject({ choices: [{ title: '∗∗Dana∗∗ ［x](https:\u2060//evil.example)' }] })
  })

  it('come back whole though commas stand between them', () => {
    const field: Field = {
      kind: 'choices',
      id: 'f',
      label: 'F',
      options: [{ value: 'a,b', label: 'A' }, ...options(2)],
    }

    const card = renderForm(form(field), { values: { f: ['a,b', 'v1'] } })

    expect(readValues(form(field), submittedBy(card))).toEqual({ f: ['a,b', 'v1'] })
  })
})

describe('what somebody sends', () => {
  it('is read by field, whatever else comes with it', () => {
    const given = form(why, { kind: 'choices', id: 'some', label: 'Some', options: options(3) })

    expect(readValues(given, { why: 'So', some: 'v2,v9', other: 'x' })).toEqual({ why: 'So', some: ['v2', 'v9'] })
    expect(readValues(given, { why: '', some: 7 })).toEqual({ why: undefined, some: [] })
    expect(readValues(given, null)).toEqual({ why: undefined, some: [] })
  })

  it.each([[null], ['form'], [{}], [{ form: 'snooze' }], [{ form: { id: 'snooze' } }], [{ form: form(), origin: 7 }]])(
    'is no form of ours: %j',
    data => {
      expect(readForm(data)).toBeUndefined()
    },
  )
})

describe('a form that is too large', () => {
  const people = (count: number, length: number): Option[] =>
    Array.from({ length: count }, (_, n) => ({
      value: `person${n}@a-company.example`,
      label: `${n} ${'漢'.repeat(length)}`,
    }))

  it('cuts its labels first, and then says how many of its options it shows', () => {
    const crowd: Field = { kind: 'choice', id: 'to', label: 'To', options: people(100, 90) }
    const throng: Field = { kind: 'choice', id: 'to', label: 'To', options: people(250, 10) }

    const cutLabels = inputIn(renderForm(form(crowd)))
    const few = renderForm(form(throng))

    expect(cutLabels?.choices).toHaveLength(100)
    expect(cutLabels).toMatchObject({
      choices: expect.arrayContaining([expect.objectContaining({ title: expect.stringMatching(/…$/) })]),
    })
    expect(textsIn(few)).toContain('Only the first 100 of 250 are shown.')
  })

  it('is refused in words when even then it would not fit', () => {
    const fields = Array.from({ length: 40 }, (_, n) => ({ ...why, id: `f${n}`, hint: '漢'.repeat(300) }))

    expect(() => renderForm(form(...fields))).toThrow(/too large for Teams/)
  })
})

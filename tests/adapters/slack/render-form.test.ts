import { describe, expect, it } from 'vitest'
import { readValues } from '../../../adapters/slack/inbound/read-values.ts'
import { renderForm } from '../../../adapters/slack/render/render-form.ts'
import type { Field, Form, Option } from '../../../src/views/form.ts'
import { checkView } from '../../support/fake-slack/validate-blocks.ts'

const options = (count: number): Option[] =>
  Array.from({ length: count }, (_, n) => ({ value: `v${n}`, label: `Option ${n} & more` }))
const form = (...fields: Field[]): Form => ({
  id: 'snooze',
  title: 'Snooze this account for a while',
  submit: 'Snooze',
  state: 'alert:1',
  fields,
})
const elementsOf = (given: Form) => renderForm(given).blocks.map(block => ('element' in block ? block.element : block))

describe('a form in Slack', () => {
  it('is a modal that Slack takes and that brings back its id and its state', () => {
    const view = renderForm({
      ...form({ kind: 'text', id: 'why', label: 'Why', hint: 'In a few words' }),
      intro: 'Until when?',
    })

    expect(checkView(view)).toEqual([])
    expect(view).toMatchObject({
      callback_id: 'snooze',
      private_metadata: 'alert:1',
      title: { text: 'Snooze this account for…' },
    })
    expect(view.blocks[1]).toMatchObject({
      type: 'input',
      block_id: 'why',
      hint: { text: 'In a few words' },
      optional: false,
    })
  })

  it.each([
    ['a few options', { kind: 'choice', options: options(3), initial: 'v1' }, 'radio_buttons'],
    ['many options', { kind: 'choice', options: options(30) }, 'static_select'],
    ['more options than Slack has room for', { kind: 'choice', options: options(130) }, 'static_select'],
    ['any number of a few', { kind: 'choices', options: options(4) }, 'checkboxes'],
    ['at most two of a few', { kind: 'choices', options: options(4), max: 2 }, 'multi_static_select'],
    ['any number of many', { kind: 'choices', options: options(40) }, 'multi_static_select'],
    ['a line', { kind: 'text', initial: 'As\nnow' }, 'plain_text_input'],
    [
      'a paragraph',
      { kind: 'text', multiline: true, maxLength: 9_000, initial: 'x'.repeat(9_000) },
      'plain_text_input',
    ],
    ['nothing to choose from', { kind: 'choice', options: [] }, 'section'],
  ] as const)('offers %s', (_, field, type) => {
    const given = form({ ...field, id: 'f', label: 'Field' } as Field)

    expect(
      checkView(renderForm(given)).filter(complaint => type !== 'section' || !complaint.includes('submit')),
    ).toEqual([])
    expect(elementsOf(given)[0]).toMatchObject({ type })
  })

  it('enforces the most that may be chosen', () => {
    const [element] = elementsOf(form({ kind: 'choices', id: 'f', label: 'F', options: options(4), max: 2 }))

    expect(element).toMatchObject({ max_selected_items: 2 })
  })

  it('refuses a state that would come back cut', () => {
    expect(() => renderForm({ ...form(), state: 'x'.repeat(3_001) })).toThrow(RangeError)
  })
})

describe('a submission', () => {
  it('is read by field, whatever kind of input', () => {
    const values = readValues({
      line: { line: { type: 'plain_text_input', value: 'words' } },
      empty: { empty: { type: 'plain_text_input', value: null } },
      one: { one: { type: 'radio_buttons', selected_option: { value: 'a' } } },
      none: { none: { type: 'static_select', selected_option: null } },
      some: { some: { type: 'checkboxes', selected_options: [{ value: 'a' }, { value: 'b' }] } },
    })

    expect(values).toEqual({ line: 'words', empty: undefined, one: 'a', none: undefined, some: ['a', 'b'] })
  })
})

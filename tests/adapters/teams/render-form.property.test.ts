import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readForm, readValues } from '../../../adapters/teams/inbound/read-values.ts'
import { sizeOf } from '../../../adapters/teams/render/limits.ts'
import { renderForm } from '../../../adapters/teams/render/render-form.ts'
import type { Field, Form } from '../../../src/views/form.ts'
import { complaintsAbout, elementsIn, type Json, submittedBy, textsIn } from '../../support/adaptive-card.ts'
import { anyText } from '../any-card.ts'

const anyValue = fc.stringMatching(/^[a-z0-9@,.:-]{1,60}$/)

const anyOptions = fc.uniqueArray(fc.record({ value: anyValue, label: anyText }), {
  maxLength: 12,
  selector: ({ value }) => value,
})

const base = { label: anyText, hint: fc.option(anyText, { nil: undefined }), optional: fc.boolean() }

const anyField = fc.oneof(
  fc.record({ ...base, kind: fc.constant('choice'), options: anyOptions }),
  fc.record({ ...base, kind: fc.constant('choices'), options: anyOptions }),
  fc.record({
    ...base,
    kind: fc.constant('text'),
    multiline: fc.boolean(),
    maxLength: fc.integer({ min: 1, max: 500 }),
  }),
  fc.record({ ...base, kind: fc.constant('account') }),
)

/** Undefined is not there at all, as it is when a form is made. */
const anyForm: fc.Arbitrary<Form> = fc
  .record({
    title: anyText,
    intro: anyText,
    submit: anyText,
    state: fc.string({ maxLength: 200 }),
    fields: fc.array(anyField, { maxLength: 4 }),
  })
  .map(({ fields, ...form }) =>
    JSON.parse(JSON.stringify({ ...form, id: 'any', fields: fields.map((field, n) => ({ ...field, id: `f${n}` })) })),
  )

/** A value that somebody could choose or type, for each field that has any. */
function somethingFor(field: Field, seed: number): string | readonly string[] | undefined {
  switch (field.kind) {
    case 'choice':
      return field.options[seed % Math.max(field.options.length, 1)]?.value
    case 'choices':
      return field.options.filter((_, n) => (n + seed) % 3 === 0).map(({ value }) => value)
    case 'account':
      return `account-${seed}`
    case 'text':
      return 'typed *words* {{DATE(2026-11-01T08:00:00Z)}}'.slice(0, field.maxLength).trim()
  }
}

describe('whatever a form asks', () => {
  it('it is a card that Teams knows, its words act nowhere, and what was chosen comes back', () => {
    fc.assert(
      fc.property(anyForm, fc.nat(50), anyText, fc.boolean(), (form, seed, sentence, typeahead) => {
        const values = Object.fromEntries(form.fields.map(field => [field.id, somethingFor(field, seed)]))
        const errors = { f0: sentence, elsewhere: sentence }

        const card = renderForm(form, { values, errors, typeahead })

        expect(complaintsAbout(card)).toEqual([])
        expect(sizeOf(card)).toBeLessThanOrEqual(24_000)
        const data = submittedBy(card)
        expect(readValues(form, data)).toEqual(values)
        expect(readForm(data)?.form).toMatchObject({ id: 'any', state: form.state, fields: form.fields.map(idOf) })
        expect(textsIn(card).filter(text => !text.startsWith('typed') && /\{\{|\$\{/.test(text))).toEqual([])
        expect(markdownIn(card)).toEqual([])
      }),
      { numRuns: 80, interruptAfterTimeLimit: 10_000 },
    )
  })
})

function idOf({ id, kind }: Field) {
  return { id, kind }
}

/** Labels of boxes and of options at sight, which clients draw as markdown, with something in them that acts there. */
function markdownIn(card: Json): readonly string[] {
  const drawn = elementsIn(card).filter(({ style, isMultiSelect }) => style === 'expanded' || isMultiSelect === true)
  const titles = drawn.flatMap(({ choices }) => (choices as { title: string }[]).map(({ title }) => title))
  return titles.filter(title => /[*`~[<\\]|:\/\/|^#|^-|^\d+\. /.test(title))
}

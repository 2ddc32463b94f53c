import fc from 'fast-check'
import type { Field, Form } from '../../src/views/form.ts'
import { anyText } from './any-card.ts'

const anyValue = fc.stringMatching(/^[a-z0-9@,.:-]{1,60}$/)

const anyOption = fc.record({ value: anyValue, label: anyText })

const anyOptions = fc.uniqueArray(anyOption, { maxLength: 12, selector: ({ value }) => value })

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })

const base = { label: anyText, hint: maybe(anyText), optional: fc.boolean() }

/** What was typed, or an answer of the core, that is no day and no time. */
const anyDay = fc.oneof(fc.constantFrom('2026-12-05', '2026-13-41', 'tomorrow', ''), anyText)
const anyTime = fc.oneof(fc.constantFrom('08:30', '25:00', '8', ''), anyText)

const anyField = fc.oneof(
  fc.record({ ...base, kind: fc.constant('choice'), options: anyOptions, initial: maybe(anyValue) }),
  fc.record({ ...base, kind: fc.constant('choices'), options: anyOptions, initial: maybe(fc.array(anyValue)) }),
  fc.record({
    ...base,
    kind: fc.constant('text'),
    multiline: fc.boolean(),
    maxLength: fc.integer({ min: 1, max: 500 }),
    initial: maybe(anyText),
  }),
  fc.record({ ...base, kind: fc.constant('date'), initial: maybe(anyDay) }),
  fc.record({ ...base, kind: fc.constant('time'), initial: maybe(anyTime) }),
  fc.record({ ...base, kind: fc.constantFrom('account', 'person', 'channel'), initial: maybe(anyOption) }),
)

/** Undefined is not there at all, as it is when a form is made. */
export const anyForm: fc.Arbitrary<Form> = fc
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
export function somethingFor(field: Field, seed: number): string | readonly string[] | undefined {
  switch (field.kind) {
    case 'choice':
      return field.options[seed % Math.max(field.options.length, 1)]?.value
    case 'choices':
      return field.options.filter((_, n) => (n + seed) % 3 === 0).map(({ value }) => value)
    case 'date':
      return '2026-12-05'
    case 'time':
      return '08:30'
    case 'account':
    case 'person':
    case 'channel':
      return `${field.kind}-${seed}`
    case 'text':
      return 'typed *words* {{DATE(2026-11-01T08:00:00Z)}}'.slice(0, field.maxLength).trim()
  }
}

import * as z from 'zod'
import type { MessageRef, Submission } from '../../../src/chat/port.ts'
import type { ChoicesField, Field, Form, FormId } from '../../../src/views/form.ts'

const option = z.object({ value: z.string(), label: z.string() })
const base = {
  id: z.string(),
  label: z.string(),
  hint: z.string().exactOptional(),
  optional: z.boolean().exactOptional(),
}

const anyField = z.discriminatedUnion('kind', [
  z.object({ ...base, kind: z.literal('choice'), options: z.array(option) }),
  z.object({ ...base, kind: z.literal('choices'), options: z.array(option), max: z.number().exactOptional() }),
  z.object({
    ...base,
    kind: z.literal('text'),
    multiline: z.boolean().exactOptional(),
    maxLength: z.number().exactOptional(),
  }),
  z.object({ ...base, kind: z.enum(['account', 'person', 'channel', 'date', 'time']) }),
])

const sentForm = z.object({
  form: z.object({
    /** Of another version perhaps: the door answers for a form that it does not know. */
    id: z.custom<FormId>(id => typeof id === 'string'),
    title: z.string(),
    intro: z.string().exactOptional(),
    submit: z.string(),
    state: z.string(),
    fields: z.array(anyField),
  }),
  origin: z.object({ channel: z.string(), id: z.string() }).exactOptional(),
  isOffer: z.boolean().exactOptional(),
  shows: z.string().exactOptional(),
})

export type SentForm = {
  readonly form: Form
  readonly origin?: MessageRef
  readonly isOffer?: boolean
  readonly shows?: string
}

/** The form that traveled with its button, and the message it was opened from; nothing where it is no form of ours. */
export function readForm(data: unknown): SentForm | undefined {
  const sent = sentForm.safeParse(data)
  return sent.success ? sent.data : undefined
}

/** A submission's values by field id; only of fields that the form has. */
export function readValues(form: Form, data: unknown): Submission['values'] {
  const given: Readonly<Record<string, unknown>> = typeof data === 'object' && data !== null ? { ...data } : {}
  return Object.fromEntries(form.fields.map(field => [field.id, readValue(field, given[field.id])]))
}

function readValue(field: Field, value: unknown): string | readonly string[] | undefined {
  const text = typeof value === 'string' && value !== '' ? value : undefined
  if (field.kind !== 'choices') return text
  return text === undefined ? [] : text.split(',').map(code => chosenBy(field, code))
}

/** An option as it is sent. Several come back as one text with commas between: where a value holds one, places are sent. */
export function codeOf({ options }: ChoicesField, place: number): string {
  return options.some(({ value }) => value.includes(',')) ? String(place) : (options[place]?.value ?? '')
}

/** The options that are chosen, as they are sent. */
export function codesOf(field: ChoicesField, values: readonly string[]): string {
  const codes = field.options.map(({ value }, place) => (values.includes(value) ? codeOf(field, place) : ''))
  return codes.filter(code => code !== '').join(',')
}

/** Unknown codes stand for themselves: the person who checks the values says what is wrong with them. */
function chosenBy(field: ChoicesField, code: string): string {
  const place = field.options.findIndex((_, place) => codeOf(field, place) === code)
  return field.options[place]?.value ?? code
}

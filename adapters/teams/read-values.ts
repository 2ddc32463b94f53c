import { z } from 'zod'
import type { MessageRef, Submission } from '../../src/chat.ts'
import type { Field, Form } from '../../src/views/form.ts'

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
  z.object({ ...base, kind: z.literal('account') }),
])

const sentForm = z.object({
  form: z.object({
    id: z.string(),
    title: z.string(),
    intro: z.string().exactOptional(),
    submit: z.string(),
    state: z.string(),
    fields: z.array(anyField),
  }),
  origin: z.object({ channel: z.string(), id: z.string() }).exactOptional(),
})

/** The form that travelled with its button, and the message it was opened from; nothing where it is no form of ours. */
export function readForm(data: unknown): { readonly form: Form; readonly origin?: MessageRef } | undefined {
  const sent = sentForm.safeParse(data)
  return sent.success ? sent.data : undefined
}

/** A submission's values by field id; only of fields that the form has. */
export function readValues(form: Form, data: unknown): Submission['values'] {
  const given: Readonly<Record<string, unknown>> = typeof data === 'object' && data !== null ? { ...data } : {}
  return Object.fromEntries(form.fields.map(field => [field.id, readValue(field, given[field.id])]))
}

/** Several choices come as one text with commas between. */
function readValue(field: Field, value: unknown): string | readonly string[] | undefined {
  const text = typeof value === 'string' && value !== '' ? value : undefined
  if (field.kind !== 'choices') return text
  return text === undefined ? [] : text.split(',')
}

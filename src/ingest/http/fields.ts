import * as z from 'zod'
import { quoted } from '../cells/values.ts'

/** What a field may be, and one value of it that is right. */
export type FieldGuide = Readonly<Record<string, { readonly remedy: string; readonly example: unknown }>>

/** From the descriptions that the published document shows: a reject and the document say the same. */
export function guideOf(schema: z.ZodObject): FieldGuide {
  return Object.fromEntries(
    Object.entries(schema.shape).map(([field, type]) => {
      const { description = '', examples } = z.globalRegistry.get(type) ?? {}
      return [field, { remedy: description, example: Array.isArray(examples) ? examples[0] : null }] as const
    }),
  )
}

/** A field that is a text. */
export function text(field: string) {
  return z.string({ error: ({ input }) => absent(field, input) ?? `${field} ${quoted(input)} is not text` }).trim()
}

/** A field that is a number, and no text that spells one. */
export function number(field: string) {
  return z.number({
    error: ({ input }) => absent(field, input) ?? `${field} ${quoted(input)} is not a finite JSON number`,
  })
}

function absent(field: string, input: unknown): string | undefined {
  return input === undefined ? `${field} is missing` : undefined
}

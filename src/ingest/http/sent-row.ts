import { type Refusal, refuse } from '../cells/values.ts'
import { complexityProblem, inheritedName } from './json-shape.ts'

/** What was sent as one row, or why it cannot be read. `index` counts rows from 0; `row` from 1, and lines in NDJSON. */
export type SentRow = {
  readonly index: number
  readonly row: number
  readonly sent: { readonly value: unknown } | Refusal
  /** Where it stands among rows that were taken as bytes. */
  readonly place?: number
}

/** Rows per turn, so that the bot can answer in between. */
export const BATCH = 1_000

/** What a text of JSON says, or why it is refused; `isBroken` where it is not JSON. */
export function valueIn(text: string): { value: unknown } | Refusal | (Refusal & { isBroken: true }) {
  const tangle = complexityProblem(text)
  if (tangle !== undefined) return tangle
  try {
    const value: unknown = JSON.parse(text)
    return inheritedName(value, text) ?? { value }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { ...refuse(text.trim() === '' ? 'is empty' : `is not valid JSON: ${why}`), isBroken: true }
  }
}

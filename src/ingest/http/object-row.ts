import * as z from 'zod'
import { foldColumn } from '../cells/columns.ts'
import type { NumberReader } from '../cells/numbers.ts'
import { finiteIn, numberProblem, quoted, type Refusal, refuse } from '../cells/values.ts'
import type { Table } from '../files/csv.ts'
import type { CsvRow } from '../files/records.ts'

/** An object that was sent, as the row of a table that has its fields for columns. */
export type ObjectRow = { readonly table: Table; readonly row: CsvRow }

/** An object by the names that Rounds knows its fields by; `written` as they were sent. */
export type NamedFields = { readonly fields: ReadonlyMap<string, unknown>; readonly written: readonly string[] }

/** What a field that nobody described may hold. */
export const PLAIN = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** Names are matched as those of columns are: without regard to case, blanks, _ and -. */
export function fieldNames(known: readonly string[]): (value: object) => NamedFields | Refusal {
  const byFold = new Map(known.map(name => [foldColumn(name), name]))
  const nameOf = (written: string) => byFold.get(foldColumn(written)) ?? written.trim()
  return value => {
    const fields = new Map<string, unknown>()
    const written = Object.keys(value)
    for (const [key, held] of Object.entries(value)) {
      const name = nameOf(key)
      if (name === '') return refuse('a field has no name')
      if (name.length > LONGEST_NAME) return refuse(`${quoted(name)} is longer than ${LONGEST_NAME} characters`)
      if (fields.has(name)) return refuse(`${name} is there twice; case, blanks, _ and - make no difference`)
      fields.set(name, held)
    }
    return { fields, written }
  }
}

const LONGEST_NAME = 200

/** Why the fields are not of the types that they should be. */
export function typeProblems(schema: z.ZodObject, fields: ReadonlyMap<string, unknown>): Refusal[] {
  const { error } = schema.safeParse(Object.fromEntries(fields))
  return (error?.issues ?? []).map(({ path: [name], message }) => {
    if (typeof name !== 'string' || name in schema.shape) return refuse(message)
    return refuse(`${name} ${quoted(fields.get(name))} is not a text, a number, true, false or null`)
  })
}

/** `null` is an empty cell, and a field that is absent no column. */
export function objectRow(fields: ReadonlyMap<string, unknown>, line: number): ObjectRow {
  const cells = new Map<string, string>()
  for (const [name, value] of fields) {
    if (value !== undefined) cells.set(name, value === null ? '' : String(value).trim())
  }
  return {
    table: { names: [...cells.keys()], cell: (_, column) => cells.get(column) },
    row: { line, cells: [...cells.values()], raw: '' },
  }
}

/** JSON says what is a number, so there is one way to read it. */
export const JSON_NUMBERS: NumberReader = {
  read: (column, text) => finiteIn(text) ?? refuse(numberProblem(column, text)),
  async settle() {},
  isForeign: false,
}

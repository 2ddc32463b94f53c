import type { AccountRow } from '../store/accounts/account-change.ts'
import { withoutInvisible, withoutInvisibleInName } from './cells/invisible.ts'
import type { NumberReader } from './cells/numbers.ts'
import { finiteIn, idProblem, instantIn, isRefusal, quoted, type Refusal, refuse, wordProblem } from './cells/values.ts'
import type { Table } from './files/csv.ts'
import type { CsvRow } from './files/records.ts'

const COLUMNS = ['id', 'name', 'segment', 'owner', 'arr', 'renewal_on', 'created_on', 'lifecycle', 'domain']

/** `attributes` are those that the settings name. */
export function accountColumns(attributes: Iterable<string> = []) {
  return { required: ['id', 'name'], known: [...new Set([...COLUMNS, ...attributes])] }
}

const LONGEST_ATTRIBUTE = 2_000

/** What reading the rows of a file needs. */
export type AccountReading = {
  readonly csv: Table
  readonly numbers: NumberReader
  /** Attributes that the model wants as numbers; any other value is kept, and counted by `notNumber`. */
  readonly wantedAsNumbers: ReadonlySet<string>
  notNumber(column: string, value: string): void
}

/** Every column but id and name is an attribute; an empty cell clears it. Undefined if the file's number format must be determined first. */
export function accountInRow(reading: AccountReading, row: CsvRow): AccountRow | Refusal | undefined {
  const { names, cell } = reading.csv
  const [id, name] = identityIn(reading.csv, row)
  if (id === '') return refuse('id is empty')
  if (name === '') return refuse('name is empty')
  const problem = idProblem('id', id) ?? wordProblem('name', name)
  if (problem !== undefined) return refuse(problem)
  const attributes = new Map<string, string | undefined>()
  for (const column of names) {
    if (column === '' || column === 'id' || column === 'name') continue
    const written = cell(row, column) ?? ''
    const value = written === '' ? undefined : attributeIn(reading, column, written)
    if (typeof value === 'object') return value === null ? undefined : value
    attributes.set(column, value === '' ? undefined : value)
  }
  return { id, name, attributes }
}

function identityIn({ cell }: Pick<Table, 'cell'>, row: CsvRow): [id: string, name: string] {
  return [withoutInvisible(cell(row, 'id') ?? '').trim(), withoutInvisibleInName(cell(row, 'name') ?? '').trim()]
}

/** Null if the file's number format must be determined first. */
function attributeIn(reading: AccountReading, column: string, written: string): string | Refusal | null {
  switch (column) {
    case 'arr':
      return numberIn(reading, column, written)
    case 'renewal_on':
    case 'created_on':
      return dayIn(column, withoutInvisible(written).trim())
    case 'owner':
    case 'domain':
    case 'segment':
      return withoutInvisible(written).trim()
    case 'lifecycle':
      return withoutInvisible(written).trim().toLowerCase()
  }
  if (reading.wantedAsNumbers.has(column)) return numberIn(reading, column, written)
  const value = withoutInvisibleInName(written).trim()
  return value.length > LONGEST_ATTRIBUTE
    ? refuse(`${column} has ${value.length} characters; ${LONGEST_ATTRIBUTE} is the most`)
    : value
}

function dayIn(column: string, text: string): string | Refusal {
  return instantIn(text) === undefined ? refuse(`${column} ${quoted(text)} is not a date such as 2025-12-31`) : text
}

/** As written, if that is unambiguous. */
function numberIn(reading: AccountReading, column: string, written: string): string | Refusal | null {
  const value = reading.numbers.read(column, written)
  if (value === undefined) return null
  if (typeof value === 'number') {
    if (column === 'arr' && value < 0) return refuse(`arr ${quoted(written)} is less than 0`)
    return finiteIn(written) === value ? written : String(value)
  }
  if (column === 'arr' || value.isAmbiguous) return value
  reading.notNumber(column, written)
  return written
}

/**
 * Refuses an id that an earlier row of the file gave another name: a spreadsheet that truncates ids merges accounts.
 * `repeated` counts rows that differ only in other values.
 */
export function namesOnce(
  csv: Pick<Table, 'cell'>,
  repeated: (id: string, lines: string) => void,
): (row: CsvRow, result: AccountRow | Refusal) => AccountRow | Refusal {
  const known = new Map<string, { readonly line: number; readonly name: string; readonly raw: string }>()
  return (row, result) => {
    const [id, name] = identityIn(csv, row)
    const first = known.get(id)
    if (id === '' || name === '') return result
    const raw = row.cells.join('\n')
    if (first === undefined) known.set(id, { line: row.line, name, raw })
    if (first === undefined || isRefusal(result)) return result
    if (fold(first.name) === fold(name)) {
      if (raw !== first.raw) repeated(id, `lines ${first.line} and ${row.line}`)
      return result
    }
    return refuse(`id ${quoted(id)} is already on line ${first.line}, with the name ${quoted(first.name)}`)
  }
}

function fold(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ')
}

import type { AccountRow } from '../store/accounts.ts'
import type { Csv } from './csv.ts'
import type { CsvRow } from './records.ts'
import { finiteIn, instantIn, numberProblem, quoted, type Refusal, refuse, wordProblem } from './values.ts'

export const ACCOUNT_COLUMNS = {
  required: ['id', 'name'],
  known: ['id', 'name', 'segment', 'owner', 'arr', 'renewal_on', 'created_on', 'lifecycle', 'domain'],
}

const LONGEST_ATTRIBUTE = 2_000

/** Every column but id and name is an attribute; an empty cell clears it. */
export function accountInRow({ names, cell }: Csv, row: CsvRow): AccountRow | Refusal {
  const [id, name] = [cell(row, 'id') ?? '', cell(row, 'name') ?? '']
  if (id === '') return refuse('id is empty')
  if (name === '') return refuse('name is empty')
  const problem = wordProblem('id', id) ?? wordProblem('name', name)
  if (problem !== undefined) return refuse(problem)
  const attributes = new Map<string, string | undefined>()
  for (const column of names) {
    if (column === '' || column === 'id' || column === 'name') continue
    const value = cell(row, column) ?? ''
    const problem = value === '' ? undefined : attributeProblem(column, value)
    if (problem !== undefined) return refuse(problem)
    attributes.set(column, value === '' ? undefined : value)
  }
  return { id, name, attributes }
}

function attributeProblem(column: string, value: string): string | undefined {
  if (column === 'arr') return arrProblem(value)
  if (column === 'renewal_on' || column === 'created_on') {
    return instantIn(value) === undefined ? `${column} ${quoted(value)} is no date such as 2025-12-31` : undefined
  }
  return value.length > LONGEST_ATTRIBUTE
    ? `${column} has ${value.length} characters; ${LONGEST_ATTRIBUTE} is the most`
    : undefined
}

function arrProblem(value: string): string | undefined {
  const arr = finiteIn(value)
  if (arr === undefined) return numberProblem('arr', value)
  return arr < 0 ? `arr ${quoted(value)} is less than 0` : undefined
}

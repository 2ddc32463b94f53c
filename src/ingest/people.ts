import { PERSON_ROLES } from '../domain/people/person.ts'
import type { PersonField, PersonRow } from '../store/people/people.ts'
import { withoutInvisible, withoutInvisibleInName } from './cells/invisible.ts'
import { quoted, type Refusal, refuse, wordProblem } from './cells/values.ts'
import type { Table } from './files/csv.ts'
import type { CsvRow } from './files/records.ts'
import { type KnownPlatform, userIdColumn } from './known-platform.ts'

const FIELDS: readonly PersonField[] = ['name', 'role', 'manager', 'time_zone']

export function personColumns(platforms: readonly KnownPlatform[]) {
  return { required: ['email'], known: ['email', ...FIELDS, ...platforms.map(userIdColumn)] }
}

/**
 * An empty cell clears a field or an id, and an empty role is a viewer's. Columns that are not a person's are left
 * alone.
 */
export function personInRow(
  { names, cell }: Table,
  row: CsvRow,
  platforms: readonly KnownPlatform[],
): PersonRow | Refusal {
  const email = withoutInvisible(cell(row, 'email') ?? '').trim()
  const problem = emailProblem('email', email)
  if (problem !== undefined) return refuse(problem)
  const fields = new Map<PersonField, string | undefined>()
  for (const field of FIELDS.filter(field => names.includes(field))) {
    const value = fieldIn(field, cell(row, field) ?? '')
    const problem = value === '' ? undefined : fieldProblem(field, value)
    if (problem !== undefined) return refuse(problem)
    fields.set(field, value === '' ? undefined : value)
  }
  const userIds = new Map<string, string | undefined>()
  for (const platform of platforms.filter(platform => names.includes(userIdColumn(platform)))) {
    const column = userIdColumn(platform)
    const id = withoutInvisible(cell(row, column) ?? '').trim()
    const problem = wordProblem(column, id)
    if (problem !== undefined) return refuse(problem)
    userIds.set(platform.name, id === '' ? undefined : id)
  }
  return { email, fields, userIds }
}

function fieldIn(field: PersonField, written: string): string {
  if (field === 'name') return withoutInvisibleInName(written).trim()
  const value = withoutInvisible(written).trim()
  return field === 'role' ? value.toLowerCase() : value
}

function fieldProblem(field: PersonField, value: string): string | undefined {
  if (field === 'role' && !PERSON_ROLES.some(role => role === value)) {
    return `role ${quoted(value)} is not one of ${PERSON_ROLES.join(', ')}`
  }
  if (field === 'manager') return emailProblem('manager', value)
  if (field === 'time_zone' && !isTimeZone(value)) {
    return `time_zone ${quoted(value)} is not a time zone such as Europe/Berlin`
  }
  return wordProblem(field, value)
}

function emailProblem(column: string, value: string): string | undefined {
  if (value === '') return `${column} is empty`
  if (!/^[^\s@]+@[^\s@]+$/u.test(value))
    return `${column} ${quoted(value)} is not an e-mail address such as ann@example.com`
  return wordProblem(column, value)
}

/** Names only: offsets such as +01:00 know no daylight saving. */
function isTimeZone(value: string): boolean {
  if (!/^[a-z]/i.test(value)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }) !== undefined
  } catch {
    return false
  }
}

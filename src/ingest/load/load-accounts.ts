import { foldEmail } from '../../domain/people/person.ts'
import { saveAccounts } from '../../store/accounts/accounts.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { listPeople } from '../../store/people/people.ts'
import { accountColumns, accountInRow, namesOnce } from '../accounts.ts'
import { readCsv } from '../files/csv.ts'
import { numbersOf } from '../files/look-through.ts'
import { nearMisses } from '../files/near-misses.ts'
import { mostFrequent, type Note, tally } from '../files/notes.ts'
import { loadRows } from './load-rows.ts'
import type { Load, LoadReport } from './loading.ts'

export async function loadAccounts(load: Load): Promise<LoadReport> {
  const { connection, source, rejects, now, from, facts, decimal } = load
  const wanted = accountColumns(facts?.attributes)
  const wantedAsNumbers = facts?.numbers ?? new Set()
  const csv = await readCsv(source, wanted)
  const numbers = numbersOf(source, csv, { wanted, columns: ['arr', ...wantedAsNumbers], decimal })
  const [owners, notNumbers, repeated] = [new Set<string>(), tally(), tally()]
  const checked = namesOnce(csv, repeated.add)
  const reading = { csv, numbers, wantedAsNumbers, notNumber: notNumbers.add }
  const report = await loadRows(csv, rejects, {
    size: 500,
    numbers,
    read(row) {
      const result = accountInRow(reading, row)
      return result && checked(row, result)
    },
    save(rows, later) {
      for (const { attributes } of rows) owners.add(foldEmail(attributes.get('owner') ?? ''))
      return saveAccounts(connection.db, rows, from === undefined ? now : { from }, later)
    },
  })
  const notes = [
    ...nearMisses(csv, wanted.known, 'is kept as an attribute'),
    ...notNumberNotes(notNumbers.entries()),
    ...mostFrequent(repeatedNotes(repeated.entries())),
    ...mostFrequent(await unknownOwners(connection, owners)),
  ]
  return { ...report, notes }
}

function notNumberNotes(entries: [string, { count: number; example: string }][]): Note[] {
  return entries.map(([column, { count, example }]) => {
    const others = count === 1 ? '' : ` and ${count - 1} more`
    const text = `The model reads \`${column}\` as a number; ${JSON.stringify(example)}${others} cannot be read as one.`
    return { kind: 'not_a_number', text, count, example }
  })
}

function repeatedNotes(entries: [string, { count: number; example: string }][]): Note[] {
  return entries.map(([id, { count, example }]) => {
    const text = `The id ${id} is on ${example} with other values; its last row counts.`
    return { kind: 'repeated_id', text, count, example }
  })
}

/** They are kept: people may be imported later. */
async function unknownOwners({ db }: Connection, owners: ReadonlySet<string>): Promise<Note[]> {
  const known = new Set((await listPeople(db)).map(({ email }) => email))
  return [...owners]
    .filter(owner => owner !== '' && !known.has(owner))
    .sort()
    .map(owner => {
      const text = `The owner ${owner} is not among the people; import people, or fix the spelling.`
      return { kind: 'unknown_owner', text, count: 1, example: owner }
    })
}

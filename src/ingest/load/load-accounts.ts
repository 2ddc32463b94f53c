import { foldEmail } from '../../domain/people/person.ts'
import { saveAccounts } from '../../store/accounts/accounts.ts'
import { notNumberNotes, repeatedNotes, unknownOwners } from '../account-notes.ts'
import { accountColumns, accountInRow, namesOnce } from '../accounts.ts'
import { nearMisses } from '../cells/near-misses.ts'
import { readCsv } from '../files/csv.ts'
import { numbersOf } from '../files/look-through.ts'
import { mostFrequent, tally } from '../files/notes.ts'
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

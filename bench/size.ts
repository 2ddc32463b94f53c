import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bareOf } from '../src/store/engine/sqlite/database.ts'
import { databaseWithAccounts, importSignals } from './support/import-file.ts'
import { atMost, report } from './support/report.ts'
import { writeSignalsFile } from './support/signals-file.ts'
import { isLarge, LARGE, SMALL } from './support/size.ts'

const SIZE = isLarge ? LARGE : { ...SMALL, accounts: 2_000 }
const folder = mkdtempSync(join(tmpdir(), 'rounds-bench-'))
const file = join(folder, 'signals.csv')
const rows = await writeSignalsFile(file, SIZE)
const connection = await databaseWithAccounts(`sqlite:${join(folder, 'rounds.db')}`, SIZE.accounts)
await importSignals(connection, file)
const bytesOf = (table: string) => {
  const sum = bareOf(connection).prepare<[string], number>('select sum(pgsize) from dbstat where name = ?')
  return sum.pluck().get(table) ?? Number.NaN
}

report({
  bench: 'size',
  what: 'Bytes that a signal takes in the database after an import.',
  ratio: bytesOf('signals') / rows,
  goal: atMost(30),
  details: { rows, series_bytes_a_signal: (bytesOf('series') + bytesOf('series_by_metric')) / rows },
})
await connection.close()
rmSync(folder, { recursive: true })

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { keepYoungGenerationSmall } from '../src/startup/small-young-generation.ts'
import type { Connection } from '../src/store/engine/engine.ts'
import { costOfCommand, isInstalled } from './support/command.ts'
import { databaseWithAccounts, importSignals } from './support/import-file.ts'
import { type Cost, costOf, medianCost } from './support/measure.ts'
import { atLeast, report } from './support/report.ts'
import { writeNumbersFile, writeSignalsFile } from './support/signals-file.ts'
import { SMALL } from './support/size.ts'

/** Two million rows: what costs once a transaction or once a series weighs otherwise on few. */
const SIZE = { ...SMALL, accounts: 11_000 }
const ROUNDS = 5

// As `rounds import` does.
keepYoungGenerationSmall()

const hasShell = isInstalled('sqlite3')
const folder = mkdtempSync(join(tmpdir(), 'rounds-bench-'))
const [texts, numbers] = [join(folder, 'signals.csv'), join(folder, 'numbers.csv')]
const rows = await writeSignalsFile(texts, SIZE)
await writeNumbersFile(numbers, SIZE)

const costs: Record<'shell' | 'first' | 'again', Cost[]> = { shell: [], first: [], again: [] }
for (let round = 0; round <= ROUNDS; round += 1) {
  const shell = hasShell ? importByShell(join(folder, `${round}.shell.db`)) : undefined
  const connection = await databaseWithAccounts(`sqlite:${join(folder, `${round}.db`)}`, SIZE.accounts)
  const first = await costOf(() => importAll(connection, 'added'))
  const again = await costOf(() => importAll(connection, 'unchanged'))
  await connection.close()
  // The first round warms up.
  if (round === 0) continue
  costs.first.push(first)
  costs.again.push(again)
  if (shell !== undefined) costs.shell.push(shell)
}
const [shell, first, again] = [costs.shell, costs.first, costs.again].map(medianCost)
if (shell === undefined || first === undefined || again === undefined) throw new Error('nothing was measured')

report({
  bench: 'import',
  what: 'A CSV of signals, checked and idempotent, against the `.import` of the `sqlite3` shell of the same rows as numbers into the same key; and the same file again.',
  ratio: shell.cpu / first.cpu,
  goal: atLeast(1.3),
  also: [{ name: 'again', value: shell.cpu / again.cpu, goal: atLeast(1.7) }],
  details: {
    rows,
    rows_a_second: (rows / first.cpu) * 1_000,
    ...{ first_ms: first.cpu, again_ms: again.cpu, shell_ms: shell.cpu, first_wall_ms: first.wall },
  },
  leftOut: hasShell ? [] : ['sqlite3'],
})
rmSync(folder, { recursive: true })

async function importAll(connection: Connection, outcome: 'added' | 'unchanged'): Promise<void> {
  const counts = await importSignals(connection, texts)
  if (counts[outcome] !== rows) throw new Error(`${outcome} ${counts[outcome]} of ${rows}`)
}

/** The table as it is in the product, in the same journal mode. */
function importByShell(file: string): Cost {
  const sqlite = new Sqlite(file)
  sqlite.pragma('journal_mode = WAL')
  sqlite.exec(`create table signals (
    week integer not null, account integer not null, metric integer not null, time_in_week integer not null,
    id text not null, value real not null, delay integer not null, source integer not null,
    primary key (week, account, metric, time_in_week, id)) without rowid, strict`)
  sqlite.close()
  const cost = costOfCommand('sqlite3', [file, '-cmd', '.mode csv', `.import ${numbers} signals`])
  const copy = new Sqlite(file)
  const count = copy.prepare('select count(*) from signals').pluck().get()
  copy.close()
  if (count !== rows) throw new Error(`the shell imported ${count} of ${rows}`)
  return cost
}

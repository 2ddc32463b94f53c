import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { databaseWithAccounts, importSignals } from './support/import-file.ts'
import { type Cost, costOf, medianCost } from './support/measure.ts'
import { startPostgres } from './support/postgres.ts'
import { atLeast, report } from './support/report.ts'
import { writeSignalsFile } from './support/signals-file.ts'
import { isLarge, SMALL } from './support/size.ts'

const SIZE = isLarge ? { ...SMALL, accounts: 11_000 } : { ...SMALL, accounts: 1_500 }
const ROUNDS = 3

const folder = mkdtempSync(join(tmpdir(), 'rounds-bench-'))
const file = join(folder, 'signals.csv')
const rows = await writeSignalsFile(file, SIZE)
const server = await startPostgres()

const costs: Record<'sqlite' | 'client' | 'server', Cost[]> = { sqlite: [], client: [], server: [] }
for (let round = 0; round <= ROUNDS; round += 1) {
  const sqlite = await importInto(`sqlite:${join(folder, `${round}.db`)}`)
  const postgres = await importInto(await server.create())
  // The first round warms up.
  if (round === 0) continue
  costs.sqlite.push(sqlite.own)
  costs.client.push(postgres.own)
  costs.server.push(postgres.onServer)
}
const [sqlite, client, onServer] = [costs.sqlite, costs.client, costs.server].map(medianCost)
if (sqlite === undefined || client === undefined || onServer === undefined) throw new Error('nothing was measured')

report({
  bench: 'postgres-import',
  what: 'The rate of `import` into PostgreSQL, by the processor time of Rounds and of the server, against that into a file.',
  ratio: sqlite.cpu / (client.cpu + onServer.cpu),
  goal: atLeast(0.3),
  also: [{ name: 'wall_ratio', value: sqlite.wall / client.wall, goal: atLeast(0.3) }],
  details: {
    rows,
    ...{ sqlite_ms: sqlite.cpu, client_ms: client.cpu, server_ms: onServer.cpu },
    ...{ sqlite_wall_ms: sqlite.wall, postgres_wall_ms: client.wall },
  },
})
await server.stop()
rmSync(folder, { recursive: true })

/** What the server spends counts from the first row to the last, as what Rounds spends does. */
async function importInto(url: string): Promise<{ own: Cost; onServer: Cost }> {
  const connection = await databaseWithAccounts(url, SIZE.accounts)
  const before = server.cpu()
  const own = await costOf(async () => {
    const { added } = await importSignals(connection, file)
    if (added !== rows) throw new Error(`added ${added} of ${rows}`)
  })
  const onServer = { cpu: server.cpu() - before, wall: own.wall }
  await connection.close()
  return { own, onServer }
}

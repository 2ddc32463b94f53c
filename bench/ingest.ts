import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, listen } from '../src/http/server.ts'
import { silentLog } from '../src/log.ts'
import { loadSettings } from '../src/model/settings.ts'
import type { Connection } from '../src/store/engine/engine.ts'
import { createToken } from '../src/store/people/tokens.ts'
import { databaseWithAccounts, importSignals } from './support/import-file.ts'
import { type Cost, costOf, medianCost } from './support/measure.ts'
import { atLeast, report } from './support/report.ts'
import { MORNING, signalsByWeek } from './support/signals.ts'
import { signalsAsNdjson, writeSignalsFile } from './support/signals-file.ts'
import { isLarge, SMALL } from './support/size.ts'

const SIZE = isLarge ? { ...SMALL, accounts: 5_000 } : { ...SMALL, accounts: 300 }
const ROUNDS = 5

const folder = mkdtempSync(join(tmpdir(), 'rounds-bench-'))
const file = join(folder, 'signals.csv')
const rows = await writeSignalsFile(file, SIZE)
const bodies = [...signalsByWeek(SIZE)].map(signalsAsNdjson)
const settings = loadSettings(undefined)

const costs: Record<'ingest' | 'load', Cost[]> = { ingest: [], load: [] }
for (let round = 0; round <= ROUNDS; round += 1) {
  const served = await databaseWithAccounts(`sqlite:${join(folder, `${round}.served.db`)}`, SIZE.accounts)
  const ingest = await ingestInto(served)
  await served.close()
  const loaded = await databaseWithAccounts(`sqlite:${join(folder, `${round}.loaded.db`)}`, SIZE.accounts)
  const load = await costOf(() => importSignals(loaded, file))
  await loaded.close()
  // The first round warms up.
  if (round === 0) continue
  costs.ingest.push(ingest)
  costs.load.push(load)
}
const [ingest, load] = [medianCost(costs.ingest), medianCost(costs.load)]

report({
  bench: 'ingest',
  what: 'Signals as NDJSON over loopback, on the disk before they are acknowledged, against the import of the same.',
  ratio: load.cpu / ingest.cpu,
  goal: atLeast(0.6),
  details: { rows, rows_a_second: (rows / ingest.cpu) * 1_000, ingest_ms: ingest.cpu, import_ms: load.cpu },
})
rmSync(folder, { recursive: true })

async function ingestInto(connection: Connection): Promise<Cost> {
  const wanted = { name: 'bench', scopes: ['signals:write'] as const, now: MORNING, randomBytes }
  const { token } = await createToken(connection.db, wanted)
  const server = await listen(
    createServer({
      ...{ connection, instance: 'bench', log: silentLog, platforms: [], clock: () => MORNING },
      ...{ settings: () => settings, secretOf: () => undefined, stuckJobs: () => [] },
    }),
    { port: 0 },
  )
  const cost = await costOf(async () => {
    let added = 0
    for (const body of bodies) added += await post(server.port, token, body)
    if (added !== rows) throw new Error(`added ${added} of ${rows}`)
  })
  await server.close()
  return cost
}

async function post(port: number, token: string, body: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/v1/signals`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
    body,
  })
  return Number(Object(await response.json()).added)
}

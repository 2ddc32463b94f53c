import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DAY } from '../src/domain/time/instant.ts'
import { createServer, listen } from '../src/http/server.ts'
import { silentLog } from '../src/log.ts'
import { loadSettings } from '../src/model/settings.ts'
import { createToken } from '../src/store/people/tokens.ts'
import { startSignalsThread } from '../src/threads/signals-thread.ts'
import { databaseWithAccounts, importSignals } from './support/import-file.ts'
import { type Cost, costOf, medianCost } from './support/measure.ts'
import { atLeast, report } from './support/report.ts'
import { MORNING, signalsByWeek } from './support/signals.ts'
import { signalsAsNdjson, writeSignalsFile } from './support/signals-file.ts'
import { isLarge, SMALL } from './support/size.ts'

const SIZE = { ...SMALL, accounts: isLarge ? 5_000 : 2_000 }
const ROUNDS = 5
const WEEKS = Math.ceil(SIZE.days / 7) + 1

const folder = mkdtempSync(join(tmpdir(), 'rounds-bench-'))
const file = join(folder, 'signals.csv')
const rows = await writeSignalsFile(file, SIZE)
const service = await startReceiving(`sqlite:${join(folder, 'served.db')}`)

const costs: Record<'ingest' | 'load', Cost[]> = { ingest: [], load: [] }
for (let round = 0; round <= ROUNDS; round += 1) {
  // The same signals each time, some weeks before those that are there.
  const bodies = [...signalsByWeek(SIZE, MORNING - round * WEEKS * 7 * DAY)].map((week, place) => {
    const body = join(folder, `${place}.ndjson`)
    writeFileSync(body, signalsAsNdjson(week))
    return body
  })
  const ingest = await costOf(async () => {
    const added = await service.receive(bodies)
    if (added !== rows) throw new Error(`added ${added} of ${rows}`)
  })
  const loaded = await databaseWithAccounts(`sqlite:${join(folder, `${round}.loaded.db`)}`, SIZE.accounts)
  const load = await costOf(() => importSignals(loaded, file))
  await loaded.close()
  // The first round warms up.
  if (round === 0) continue
  costs.ingest.push(ingest)
  costs.load.push(load)
}
await service.end()
const [ingest, load] = [medianCost(costs.ingest), medianCost(costs.load)]

report({
  bench: 'ingest',
  what: 'Signals as NDJSON over loopback, on the disk before they are acknowledged, against the import of the same.',
  ratio: load.cpu / ingest.cpu,
  goal: atLeast(0.6),
  details: { rows, rows_a_second: (rows / ingest.cpu) * 1_000, ingest_ms: ingest.cpu, import_ms: load.cpu },
})
rmSync(folder, { recursive: true })

/** The door of the service and the thread behind it, on a database of its own. */
async function startReceiving(databaseUrl: string) {
  const connection = await databaseWithAccounts(databaseUrl, SIZE.accounts)
  const wanted = { name: 'bench', scopes: ['signals:write'] as const, now: MORNING, randomBytes }
  const { token } = await createToken(connection.db, wanted)
  const [settings, thread] = [loadSettings(undefined), startSignalsThread(databaseUrl)]
  const server = await listen(
    createServer({
      ...{ connection, instance: 'bench', log: silentLog, platforms: [], clock: () => MORNING },
      ...{ settings: () => settings, secretOf: () => undefined, stuckJobs: () => [], signalsThread: () => thread },
    }),
    { port: 0 },
  )
  const sender = fork(join(process.env.ROUNDS_BENCH_ROOT ?? '.', 'bench/support/sender.mjs'))
  const url = `http://127.0.0.1:${server.port}/v1/signals`
  return {
    /** How many of the signals in these files were new. */
    async receive(files: readonly string[]): Promise<number> {
      sender.send({ url, token, files })
      const [{ added }] = await once(sender, 'message')
      return added
    },
    async end() {
      sender.disconnect()
      await server.close()
      await thread.stop()
      await connection.close()
    },
  }
}

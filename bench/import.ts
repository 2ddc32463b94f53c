import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DAY } from '../src/domain/time/instant.ts'
import { openFile } from '../src/ingest/files/source.ts'
import { LOADERS } from '../src/ingest/load/load.ts'
import { saveAccounts } from '../src/store/accounts/accounts.ts'
import { openDatabase } from '../src/store/engine/engines.ts'
import { migrate } from '../src/store/engine/migrate.ts'
import { listedAccounts } from './support/accounts.ts'
import { alternate } from './support/measure.ts'
import { atMost, report } from './support/report.ts'
import { MORNING } from './support/signals.ts'
import { writeSignalsFile } from './support/signals-file.ts'
import { isLarge, LARGE, SMALL } from './support/size.ts'

const SIZE = isLarge ? LARGE : { ...SMALL, accounts: 1_000 }
const REJECTS = {
  add: () => {
    throw new Error('no row is bad')
  },
  close: () => {},
}
const folder = mkdtempSync(join(tmpdir(), 'rounds-bench-'))
const file = join(folder, 'signals.csv')
const rows = await writeSignalsFile(file, SIZE)

const { read, load } = await alternate({
  read: async () => {
    let lines = 0
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1
    }
    return lines
  },
  load: async round => {
    const connection = openDatabase(`sqlite:${join(folder, `${round}.db`)}`)
    await migrate(connection)
    await saveAccounts(connection.db, listedAccounts(SIZE.accounts), MORNING - 100 * DAY)
    const source = await openFile(file)
    const loading = { connection, source, rejects: REJECTS, now: MORNING, isHistory: true, platforms: [] }
    const { added } = await LOADERS.signals(loading)
    if (added !== rows) throw new Error(`added ${added}`)
    await connection.close()
  },
})

report({
  bench: 'import',
  what: 'A CSV of signals, checked and idempotent, against reading the file and counting its lines.',
  ratio: load.cpu / read.cpu,
  goal: atMost(30),
  details: { rows, rows_a_second: (rows / load.cpu) * 1_000, load_ms: load.cpu, read_ms: read.cpu },
})
rmSync(folder, { recursive: true })

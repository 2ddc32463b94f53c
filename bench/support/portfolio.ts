import { constants, copyFileSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { buildHistory, buildScored, buildSignals, buildStatuses } from './build.ts'
import type { Size } from './size.ts'

export type Portfolio = {
  readonly folder: string
  readonly databaseUrl: string
  readonly connection: Connection
  readonly signals: number
  /** Closes it and removes its files. */
  end(): Promise<void>
}

type Wanted = {
  /** Statuses that were made up: without signals, for what looks at none. */
  readonly isMadeUp?: boolean
  /** Each account scored once, on the morning. */
  readonly isScored?: boolean
  /** Scored on so many days before the morning, too. */
  readonly history?: number
}

/** What benches of one run share: each size is built once. */
const shared = process.env.ROUNDS_BENCH_FOLDER ?? mkdtempSync(join(tmpdir(), 'rounds-bench-'))

/** A database of this bench's own, in a folder of its own. */
export async function openPortfolio(size: Size, wanted: Wanted = {}): Promise<Portfolio> {
  const folder = mkdtempSync(join(tmpdir(), 'rounds-bench-'))
  const file = join(folder, 'rounds.db')
  copyOf(await builtFile(stepsTo(size, wanted)), file)
  const databaseUrl = `sqlite:${file}`
  const connection = openDatabase(databaseUrl)
  const { signals } = bareOf(connection).prepare('SELECT count(*) AS signals FROM signals').get() as { signals: number }
  return {
    ...{ folder, databaseUrl, connection, signals },
    async end() {
      await connection.close()
      rmSync(folder, { recursive: true, force: true })
      if (process.env.ROUNDS_BENCH_FOLDER === undefined) rmSync(shared, { recursive: true, force: true })
    },
  }
}

type Step = { readonly name: string; build(connection: Connection): Promise<void> | void }

function stepsTo(size: Size, { isMadeUp = false, isScored = false, history = 0 }: Wanted): Step[] {
  return [
    { name: `${size.accounts}-${size.days}-${size.spacing}`, build: connection => buildSignals(connection, size) },
    ...(isMadeUp ? [{ name: 'made-up', build: buildStatuses }] : []),
    ...(isScored || history > 0 ? [{ name: 'scored', build: buildScored }] : []),
    ...(history > 0
      ? [{ name: `${history}`, build: (connection: Connection) => buildHistory(connection, history) }]
      : []),
  ]
}

/** Each step begins with a copy of the one before, so that a later bench takes up where an earlier one stopped. */
async function builtFile(steps: readonly Step[]): Promise<string> {
  const file = join(shared, `${steps.map(({ name }) => name).join('-')}.db`)
  if (existsSync(file)) return file
  const half = `${file}.half`
  for (const end of ['', '-wal', '-shm']) rmSync(`${half}${end}`, { force: true })
  if (steps.length > 1) copyOf(await builtFile(steps.slice(0, -1)), half)
  const connection = openDatabase(`sqlite:${half}`)
  await steps.at(-1)?.build(connection)
  bareOf(connection).pragma('wal_checkpoint(TRUNCATE)')
  await connection.close()
  renameSync(half, file)
  return file
}

/** A file system that can shares the pages until one of the two is written. */
function copyOf(from: string, to: string): void {
  copyFileSync(from, to, constants.COPYFILE_FICLONE)
}

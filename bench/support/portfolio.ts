import { constants, copyFileSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { buildHistory, buildScored, buildSignals } from './build.ts'
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
  await copyOf(await builtFile(size, wanted), file)
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

async function builtFile(size: Size, { isScored = false, history = 0 }: Wanted): Promise<string> {
  const name = [
    size.accounts,
    size.days,
    size.spacing,
    ...(history > 0 ? [`history-${history}`] : isScored ? ['scored'] : []),
  ]
  const file = join(shared, `${name.join('-')}.db`)
  if (existsSync(file)) return file
  const half = `${file}.half`
  for (const end of ['', '-wal', '-shm']) rmSync(`${half}${end}`, { force: true })
  if (history > 0) await copyOf(await builtFile(size, { isScored: true }), half)
  else if (isScored) await copyOf(await builtFile(size, {}), half)
  const connection = openDatabase(`sqlite:${half}`)
  if (history > 0) buildHistory(connection, history)
  else if (isScored) await buildScored(connection)
  else await buildSignals(connection, size)
  bareOf(connection).pragma('wal_checkpoint(TRUNCATE)')
  await connection.close()
  renameSync(half, file)
  return file
}

/** A file system that can shares the pages until one of the two is written. */
async function copyOf(from: string, to: string): Promise<void> {
  copyFileSync(from, to, constants.COPYFILE_FICLONE)
}

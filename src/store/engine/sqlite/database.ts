import { chmodSync, existsSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { CompiledQuery, Kysely, SqliteAdapter, SqliteDriver, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import { BotError } from '../../../errors.ts'
import type { Db, Tables } from '../../tables.ts'

/**
 * A database file, open. `db` speaks Kysely; `sqlite` is the same connection bare, for the two paths where rows by the
 * million go through: writing batches of signals, and the one pass that fills windows for scoring.
 */
export type Connection = { readonly db: Db; readonly sqlite: Sqlite.Database; close(): Promise<void> }

/** Milliseconds that a statement waits for another process; it waits synchronously, so the service waits little. */
export const PATIENCE = { command: 5_000, service: 1_000 } as const

/** Opens `sqlite:FILE` (or `sqlite::memory:`). Throws a sentence where it cannot. */
export function openDatabase(url: string, patience: number = PATIENCE.command): Connection {
  const file = fileOf(url)
  const isNew = file !== ':memory:' && !existsSync(file)
  const sqlite = openFile(file, patience)
  if (isNew) chmodSync(file, 0o600)
  const db = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => immediateDriver(sqlite),
      createIntrospector: db => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  })
  return { db, sqlite, close: () => db.destroy() }
}

/** The path in `sqlite:./rounds.db`. */
export function fileOf(url: string): string {
  if (!url.startsWith('sqlite:') || url.length === 'sqlite:'.length) {
    throw new BotError(
      'bad_database_url',
      `"${url}" is not a database that Rounds can open.`,
      'Write sqlite: and a file, such as sqlite:./rounds.db.',
    )
  }
  return url.slice('sqlite:'.length)
}

/** Runs `work` in one transaction, all or nothing. Touch nothing but the `db` it is given: the outer one waits for it. */
export function inTransaction<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db) : db.transaction().execute(work)
}

function openFile(file: string, timeout: number): Sqlite.Database {
  try {
    const sqlite = new Sqlite(file, { timeout })
    sqlite.pragma('journal_mode = WAL')
    // In WAL mode the default is NORMAL, where a power cut can take acknowledged rows with it.
    sqlite.pragma('synchronous = FULL')
    sqlite.pragma('foreign_keys = ON')
    return sqlite
  } catch (error) {
    throw cannotOpen(file, error)
  }
}

export function cannotOpen(file: string, error: unknown): BotError {
  if (isDamage(error)) return damaged(file)
  const reason = error instanceof Error ? error.message : String(error)
  return new BotError(
    'cannot_open_database',
    `The database ${file} cannot be opened: ${reason}.`,
    'Check that the folder exists, that you may write to it, and that the file is an SQLite database.',
  )
}

/** Looks through the whole file, some hundred megabytes a second. Throws a sentence when it is damaged. */
export function refuseDamage(connection: Connection): void {
  if (!isSound(connection)) throw damaged(connection.sqlite.name)
}

export function isSound({ sqlite }: Connection): boolean {
  try {
    return sqlite.pragma('quick_check(1)', { simple: true }) === 'ok'
  } catch (error) {
    if (!isDamage(error)) throw error
    return false
  }
}

/** Whether a failure only means that another process is writing. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
}

/** Whether a failure only means that there is no room on the disk now. */
export function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_FULL')
}

/** Whether a failure means that the file itself is broken. */
export function isDamage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CORRUPT')
}

export function damaged(file: string): BotError {
  return new BotError(
    'damaged_database',
    `The database ${file} is damaged.`,
    `Put a backup in its place, or save what can be read: sqlite3 ${file} .recover | sqlite3 recovered.db. Nothing was changed.`,
  )
}

/**
 * Every transaction here writes. A plain BEGIN takes its lock at the first write, too late to wait for another
 * process: it fails at once instead.
 */
function immediateDriver(database: Sqlite.Database): SqliteDriver {
  const driver = new SqliteDriver({ database })
  driver.beginTransaction = async connection => {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
  const rollBack = driver.rollbackTransaction.bind(driver)
  // SQLite ends a transaction by itself that met a full disk: rolling it back again would hide why behind a second error.
  driver.rollbackTransaction = async connection => {
    if (database.inTransaction) await rollBack(connection)
  }
  return driver
}

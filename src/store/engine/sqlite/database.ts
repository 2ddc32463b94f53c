import { chmodSync, existsSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { Kysely, SqliteIntrospector } from 'kysely'
import type { Tables } from '../../tables.ts'
import type { Connection, Engine } from '../engine.ts'
import { turnTakingAdapter, turnTakingDriver } from './connection/driver.ts'
import { logSync } from './connection/log-sync.ts'
import { PlannedOnce } from './connection/query-compiler.ts'
import { takingTurns } from './connection/turns.ts'
import type { WritePolicy } from './connection/write-policy.ts'
import { cannotOpen } from './failures.ts'
import { fileOf } from './file-of.ts'
import { sqliteEngine } from './sqlite-engine.ts'

const bare = new WeakMap<Engine, Sqlite.Database>()

/** The connection of better-sqlite3, for tests that look behind the interface. */
export function bareOf({ engine }: Pick<Connection, 'engine'>): Sqlite.Database {
  const sqlite = bare.get(engine)
  if (sqlite === undefined) throw new Error('this is not an SQLite database')
  return sqlite
}

/** Opens `sqlite:FILE` (or `sqlite::memory:`). Throws a `BotError` if it cannot. */
export function openSqlite(url: string, policy: WritePolicy): Connection {
  const file = fileOf(url)
  const isNew = file !== ':memory:' && !existsSync(file)
  const sqlite = openFile(file, policy)
  if (isNew) chmodSync(file, 0o600)
  const turns = takingTurns(sqlite, policy)
  const db = new Kysely<Tables>({
    dialect: {
      createAdapter: turnTakingAdapter,
      createDriver: () => turnTakingDriver(sqlite, turns),
      createIntrospector: db => new SqliteIntrospector(db),
      createQueryCompiler: () => new PlannedOnce(),
    },
  })
  const log = logSync(sqlite)
  const engine = sqliteEngine(sqlite, log, turns)
  bare.set(engine, sqlite)
  const connection: Connection = {
    db,
    engine,
    reading: work => work(connection),
    close: () => {
      log.close()
      return db.destroy()
    },
  }
  return connection
}

function openFile(file: string, { timeout, checkpoint }: WritePolicy): Sqlite.Database {
  try {
    const sqlite = new Sqlite(file, { timeout })
    sqlite.pragma('journal_mode = WAL')
    // In WAL mode the default is NORMAL, where a power cut can take acknowledged rows with it.
    sqlite.pragma('synchronous = FULL')
    sqlite.pragma(`wal_autocheckpoint = ${checkpoint}`)
    sqlite.pragma('foreign_keys = ON')
    return sqlite
  } catch (error) {
    throw cannotOpen(file, error)
  }
}

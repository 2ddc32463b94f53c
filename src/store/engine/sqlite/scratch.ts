import Sqlite from 'better-sqlite3'

/**
 * A database of one's own for what does not fit into memory: it lies in memory while it is small, then in a file that
 * nobody else sees and that is gone when it is closed.
 */
export function openScratch(schema: string): Sqlite.Database {
  const sqlite = new Sqlite('')
  sqlite.pragma('journal_mode = off')
  sqlite.pragma('synchronous = off')
  sqlite.exec(schema)
  sqlite.exec('begin')
  return sqlite
}

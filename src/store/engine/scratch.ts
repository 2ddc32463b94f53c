import Sqlite from 'better-sqlite3'

/**
 * A database of one's own for what does not fit into memory: it lies in memory while it is small, then in a file that
 * nobody else sees and that is gone when it is closed. Without a journal nothing can be taken back.
 */
export function openScratch(schema: string, journal: 'off' | 'memory' = 'off'): Sqlite.Database {
  const sqlite = new Sqlite('')
  sqlite.pragma(`journal_mode = ${journal}`)
  sqlite.pragma('synchronous = off')
  sqlite.exec(schema)
  sqlite.exec('begin')
  return sqlite
}

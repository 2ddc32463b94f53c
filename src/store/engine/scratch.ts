import Sqlite from 'better-sqlite3'

/**
 * A private database for data that may not fit into memory. It stays in memory while it is small, then goes to a file
 * that only this process sees and that is deleted when it is closed. Without a journal, nothing can be rolled back.
 */
export function openScratch(schema: string, journal: 'off' | 'memory' = 'off'): Sqlite.Database {
  const sqlite = new Sqlite('')
  sqlite.pragma(`journal_mode = ${journal}`)
  sqlite.pragma('synchronous = off')
  sqlite.exec(schema)
  sqlite.exec('begin')
  return sqlite
}

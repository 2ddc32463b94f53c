import type Sqlite from 'better-sqlite3'
import type { SqliteDatabase } from 'kysely'

/** As many as the product has, with room for lists of different lengths. */
const MOST_KEPT = 500

/** What is longer is a batch of rows: keeping it costs more than preparing it. */
const LONGEST = 8_000

/** Statements are prepared once and kept by their text, since preparing one costs more than running it. */
export function preparedOnce(sqlite: Sqlite.Database): SqliteDatabase {
  const kept = new Map<string, Sqlite.Statement>()
  return {
    close: () => {
      kept.clear()
      sqlite.close()
    },
    prepare: text => {
      const found = kept.get(text)
      const statement = found ?? sqlite.prepare(text)
      if (text.length > LONGEST) return statement
      // The one used last is last, so that the first is the one that was not needed for longest.
      if (found !== undefined) kept.delete(text)
      else if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value ?? '')
      kept.set(text, statement)
      return statement
    },
  }
}

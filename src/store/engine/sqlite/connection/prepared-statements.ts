import type Sqlite from 'better-sqlite3'
import type { SqliteDatabase } from 'kysely'

/** Enough for every statement of Rounds, and for lists of different lengths. */
const MOST_KEPT = 500

/** A longer statement is a batch of rows, which costs more to keep than to prepare. */
const LONGEST = 8_000

type Rows = 'objects' | 'arrays' | 'values'

const known = new WeakMap<Sqlite.Database, Record<Rows, Map<string, Sqlite.Statement>>>()

/** A statement of a connection, prepared at its first use and kept by its text: preparing costs more than running. */
export function prepared<Parameters extends unknown[], Row>(
  sqlite: Sqlite.Database,
  text: string,
  rows: Rows = 'objects',
): Sqlite.Statement<Parameters, Row> {
  const ofRows = known.get(sqlite) ?? { objects: new Map(), arrays: new Map(), values: new Map() }
  known.set(sqlite, ofRows)
  const kept = ofRows[rows]
  const found = kept.get(text)
  const statement = found ?? sqlite.prepare(text)
  if (found === undefined && rows === 'arrays') statement.raw()
  if (found === undefined && rows === 'values') statement.pluck()
  if (text.length <= LONGEST) keep(kept, text, statement)
  return statement as Sqlite.Statement<Parameters, Row>
}

/** In the order of last use, so that the first is the least recently used. */
function keep(kept: Map<string, Sqlite.Statement>, text: string, statement: Sqlite.Statement): void {
  kept.delete(text)
  kept.set(text, statement)
  const [oldest] = kept.keys()
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
}

/** The connection, as Kysely's driver asks for it. */
export function preparedOnce(sqlite: Sqlite.Database): SqliteDatabase {
  return { prepare: text => prepared(sqlite, text), close: () => sqlite.close() }
}

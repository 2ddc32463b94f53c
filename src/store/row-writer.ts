import {
  type Compilable,
  type CompiledQuery,
  type Insertable,
  type InsertQueryBuilder,
  type InsertResult,
  type RawBuilder,
  sql,
} from 'kysely'
import { isPostgres } from '../../migrations/types.ts'
import { sentRows } from './engine/binary-arrays.ts'
import type { Db, Tables } from './tables.ts'

/** Rows per statement on SQLite: the largest size that fits. Few sizes, so that there are few statements to keep. */
const SIZES = [50, 10, 1]

type Insert<Table extends keyof Tables> = InsertQueryBuilder<Tables, Table, InsertResult>

/**
 * Writes rows with as little work as each database allows; returns what `rest` returns. All rows must have the same
 * columns in the same order, and `rest` must build the same statement each time.
 */
export function rowWriter<Table extends keyof Tables, Returned = InsertResult>(
  table: Table,
  rest: (insert: Insert<Table>) => Compilable<Returned>,
) {
  const keep = keptStatements<Returned>()
  return async (db: Db, rows: readonly Insertable<Tables[Table]>[]): Promise<Returned[]> => {
    const [first] = rows
    if (first === undefined) return []
    const columns = Object.keys(first) as (keyof Tables[Table] & string)[]
    if (isPostgres(db)) {
      const names = sql.join(columns.map(column => sql.ref(column)))
      const records = sql<never>`select ${names} from ${sentRows(columns, rows)}`
      const insert = db.insertInto(table).columns(columns).expression(records)
      return (await db.executeQuery(rest(insert).compile())).rows
    }
    const returned: Returned[] = []
    for (let at = 0; at < rows.length; ) {
      const left = rows.length - at
      const part = rows.slice(at, at + (SIZES.find(size => size <= left) ?? 1))
      const query = keep(db, part.length, () => rest(db.insertInto(table).values(part)).compile())
      const cells: unknown[] = []
      for (const row of part) cells.push(...Object.values(row))
      const parameters = cells.concat(query.parameters.slice(cells.length))
      returned.push(...(await db.executeQuery<Returned>({ ...query, parameters })).rows)
      at += part.length
    }
    return returned
  }
}

/** Statements that are compiled once for each database and number of rows: compiling costs more than writing. */
function keptStatements<Returned>() {
  const kept = new WeakMap<object, Map<number, CompiledQuery<Returned>>>()
  return (db: Db, rows: number, compile: () => CompiledQuery<Returned>): CompiledQuery<Returned> => {
    // A transaction has the adapter of its database.
    const { adapter } = db.getExecutor()
    const ofDatabase = kept.get(adapter) ?? new Map<number, CompiledQuery<Returned>>()
    kept.set(adapter, ofDatabase)
    const query = ofDatabase.get(rows) ?? compile()
    ofDatabase.set(rows, query)
    return query
  }
}

/** What a conflict sets: these columns, to the values that were about to be written. */
export function excludedColumns(columns: readonly string[]): Record<string, RawBuilder<never>> {
  return Object.fromEntries(columns.map(column => [column, sql.ref<never>(`excluded.${column}`)]))
}

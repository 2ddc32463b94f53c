import { type Compilable, type CompiledQuery, type RawBuilder, sql } from 'kysely'
import type { Db } from './tables.ts'

/** Rows that one statement writes; what is left is written one by one, so that there are two statements to keep. */
const TOGETHER = 50

type Row = Readonly<Record<string, string | number | null>>

/**
 * Writes rows by statements that are compiled once and kept: compiling costs more than writing. All rows have the same
 * columns in the same order, and `statement` asks for nothing that differs from call to call.
 */
export function rowWriter<R extends Row>(statement: (db: Db, rows: readonly R[]) => Compilable) {
  const kept = new WeakMap<object, Map<number, CompiledQuery>>()
  const compiled = (db: Db, rows: readonly R[]): CompiledQuery => {
    // A transaction has the adapter of its database.
    const { adapter } = db.getExecutor()
    const ofDatabase = kept.get(adapter) ?? new Map<number, CompiledQuery>()
    kept.set(adapter, ofDatabase)
    const query = ofDatabase.get(rows.length) ?? statement(db, rows).compile()
    ofDatabase.set(rows.length, query)
    return query
  }
  return async (db: Db, rows: readonly R[]): Promise<void> => {
    for (let at = 0; at < rows.length; ) {
      const part = rows.slice(at, at + (rows.length - at < TOGETHER ? 1 : TOGETHER))
      const query = compiled(db, part)
      const cells: unknown[] = []
      for (const row of part) for (const column in row) cells.push(row[column])
      await db.executeQuery({ ...query, parameters: cells.concat(query.parameters.slice(cells.length)) })
      at += part.length
    }
  }
}

/** What a conflict changes: these columns, to what was about to be written. */
export function takenOver(columns: readonly string[]): Record<string, RawBuilder<never>> {
  return Object.fromEntries(columns.map(column => [column, sql.ref<never>(`excluded.${column}`)]))
}

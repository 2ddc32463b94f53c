import { sql } from 'kysely'
import { ownTables } from '../engine/schema/own-tables.ts'
import type { Db } from '../tables.ts'

/** Left alone: signals name nobody, and the audit log is append-only and names nobody either. */
const LEFT_ALONE = ['signals', 'signal_versions', 'series', 'audit', 'audit_names', 'schema_versions', 'models']

/**
 * Replaces e-mail addresses or ids in every text of every table, JSON too, so that tables that are added later are
 * covered as well; returns how many rows had one. They must not mean anybody else, and `by` must be harmless inside
 * JSON.
 */
export async function replaceEverywhere(db: Db, ids: readonly string[], by: string): Promise<number> {
  const tables = (await ownTables(db)).filter(({ name }) => !LEFT_ALONE.includes(name))
  let rows = 0
  for (const { name: table, columns } of tables) {
    for (const { name: column } of columns.filter(({ dataType }) => /text/i.test(dataType))) {
      for (const name of ids) {
        const { numAffectedRows } = await sql`update ${sql.ref(table)} set ${sql.ref(column)} =
          replace(${sql.ref(column)}, ${name}, ${by}) where ${sql.ref(column)} like ${`%${likeText(name)}%`} escape '!'
          and ${sql.ref(column)} <> replace(${sql.ref(column)}, ${name}, ${by})`.execute(db)
        rows += Number(numAffectedRows ?? 0n)
      }
    }
  }
  return rows
}

function likeText(text: string): string {
  return text.replace(/[!%_]/g, '!$&')
}

import { sql } from 'kysely'
import { isPostgres } from '../../../migrations/types.ts'
import { BotError } from '../../errors.ts'
import type { Connection } from '../engine/engine.ts'
import { inTransaction } from '../engine/transaction.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'
import { copiedTables, type KeyedTable } from './table-keys.ts'
import { type AnyDb, checksumOf, lastRowOrNone, pagesOf, type Row } from './table-pages.ts'

export type Copied = { readonly table: string; readonly rows: number }

/** Values of one statement: databases have a limit. */
const MOST_VALUES = 30_000

const MARK = 'copy_under_way'

/**
 * Copies all tables into a database of the same version that is empty, or that an interrupted copy was written to: rows
 * are copied in the order of their key, so it goes on after the last one there.
 */
export async function copyTables(from: Db, to: Db, say: (copied: Copied) => void): Promise<void> {
  await beginOrGoOn(to)
  for (const table of await copiedTables(from)) {
    const last = table.isReplaced ? undefined : await lastRowOrNone(to, table)
    if (table.isReplaced) await clear(to, table)
    let count = 0
    for await (const rows of pagesOf(from, table, last)) {
      await inTransaction(to, db => put(db, table, rows))
      count += rows.length
    }
    await countOn(to, table)
    say({ table: table.name, rows: count })
  }
}

/** Throws a `BotError` if the two differ in anything. If they do not, the copy counts as finished. */
export async function refuseDifference(from: Db, to: Db): Promise<readonly Copied[]> {
  const tables: Copied[] = []
  const all = await copiedTables(from)
  for (const table of all) if (table.name !== 'meta') tables.push(await compared(from, to, table))
  await (to as AnyDb).deleteFrom('meta').where('name', '=', MARK).execute()
  for (const table of all) if (table.name === 'meta') tables.push(await compared(from, to, table))
  return tables
}

async function compared(from: Db, to: Db, table: KeyedTable): Promise<Copied> {
  const [own, its] = [await checksumOf(from, table), await checksumOf(to, table)]
  if (own.hash === its.hash) return { table: table.name, rows: own.rows }
  throw new BotError(
    'copy_differs',
    `The table ${table.name} differs: ${own.rows} rows here, ${its.rows} there.`,
    'Was something written meanwhile? Empty the new database and copy again.',
  )
}

/** Throws a `BotError` if the database is half of a copy. */
export async function refuseUnfinishedCopy({ db, engine }: Pick<Connection, 'db' | 'engine'>): Promise<void> {
  if (!(await isUnderWay(db))) return
  throw new BotError(
    'copy_unfinished',
    `The database ${engine.name} is a copy that is not finished.`,
    'Run `rounds copy --to` it again: it goes on where it was broken off. Or empty it.',
  )
}

async function beginOrGoOn(to: Db): Promise<void> {
  if (await isUnderWay(to)) return
  for (const table of await copiedTables(to)) {
    if (table.isReplaced || (await lastRowOrNone(to, table)) === undefined) continue
    throw new BotError('not_empty', 'The database to copy to already holds data.', 'Name an empty one.')
  }
  await to.insertInto('meta').values({ name: MARK, value: 'yes' }).execute()
}

async function isUnderWay(db: Db): Promise<boolean> {
  return (await db.selectFrom('meta').select('value').where('name', '=', MARK).executeTakeFirst()) !== undefined
}

async function clear(db: AnyDb, { name }: KeyedTable): Promise<void> {
  const all = db.deleteFrom(name)
  await (name === 'meta' ? all.where('name', '!=', MARK) : all).execute()
}

async function put(db: AnyDb, { name }: KeyedTable, rows: readonly Row[]): Promise<void> {
  const size = Math.floor(MOST_VALUES / Object.keys(rows[0] ?? {}).length)
  for (const some of slices(rows, size)) await db.insertInto(name).values(some).execute()
}

/** Makes a database that numbers rows go on after the last one; SQLite does so by itself. */
async function countOn(db: Db, { name, key: [column = ''] }: KeyedTable): Promise<void> {
  if (!isPostgres(db)) return
  const { rows } = await sql<{ sequence: string | null }>`
    select pg_get_serial_sequence(${name}, ${column}) as sequence`.execute(db)
  const sequence = rows[0]?.sequence
  if (sequence == null) return
  await sql`select setval(${sequence}, (select coalesce(max(${sql.ref(column)}), 0) + 1 from ${sql.table(name)}), false)`.execute(
    db,
  )
}

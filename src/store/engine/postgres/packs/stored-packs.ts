import { sql } from 'kysely'
import type { Db } from '../../../tables.ts'
import { copyOut } from '../copy-out.ts'

/** The packs of these weeks and blocks, by week, then block: not every block has one. */
export async function readPacks(
  db: Db,
  weeks: { readonly first: number; readonly last: number },
  blocks: readonly number[],
): Promise<Map<number, Map<number, Uint8Array>>> {
  const packs = new Map<number, Map<number, Uint8Array>>()
  if (blocks.length === 0 || !(weeks.first <= weeks.last)) return packs
  const query = db
    .selectFrom('signal_packs')
    .select(['week', 'block', 'columns'])
    .where('week', '>=', weeks.first)
    .where('week', '<=', weeks.last)
    .where(sql<boolean>`block = any(${[...blocks]}::int4[])`)
    .where('columns', 'is not', null)
  await copyOut(db, query, row => {
    const week = row.int4()
    const ofWeek = packs.get(week) ?? new Map<number, Uint8Array>()
    packs.set(week, ofWeek)
    ofWeek.set(row.int4(), row.bytes())
  })
  return packs
}

/** `columns` is null if there are too many signals for one pack. */
export async function storePack(db: Db, week: number, block: number, columns: Uint8Array | null): Promise<void> {
  await db
    .insertInto('signal_packs')
    .values({ week, block, columns: columns && Buffer.from(columns) })
    .onConflict(conflict =>
      conflict.columns(['week', 'block']).doUpdateSet(({ ref }) => ({ columns: ref('excluded.columns') })),
    )
    .execute()
}

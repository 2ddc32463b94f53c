import { sql } from 'kysely'
import type { Reach } from '../../../../domain/scoring/reach.ts'
import { DAY } from '../../../../domain/time/instant.ts'
import type { Db } from '../../../tables.ts'
import { BLOCK, keysOfBlock } from '../../packs/block.ts'
import { openPack } from '../../packs/pack.ts'
import { WORTH_A_PACK } from '../../packs/worth-a-pack.ts'
import { weekOf, weekStart } from '../../signals/week.ts'
import { inTransaction } from '../../transaction.ts'
import { reachedWeeks } from '../signals/reached-weeks.ts'
import { readRows } from '../signals/read-rows.ts'
import { storePack } from './stored-packs.ts'

/** The most signals of one pack. */
const MOST = 50_000

/**
 * Packs the past weeks that scoring reads, wherever a pack is missing, and deletes older packs. A pack is a copy:
 * any change of a signal deletes its pack in the same transaction.
 */
export async function packWeeks(db: Db, reach: Reach): Promise<void> {
  const { firstWeek, lastWeek } = await reachedWeeks(db, reach)
  if (Number.isFinite(firstWeek)) await db.deleteFrom('signal_packs').where('week', '<', firstWeek).execute()
  // Late rows mostly come within a day.
  const last = Math.min(lastWeek, weekOf(reach.until - DAY) - 1)
  if (!(firstWeek <= last)) return
  const metrics = (await db.selectFrom('metrics').select('key').execute()).map(({ key }) => key)
  for (const { week, block } of await placesWithout(db, firstWeek, last)) {
    await inTransaction(db, async db => storePack(db, week, block, await packOf(db, week, block, metrics)))
  }
}

async function placesWithout(db: Db, firstWeek: number, lastWeek: number) {
  const { rows } = await sql<{ week: number; block: number }>`
    select week, block from generate_series(${firstWeek}::int4, ${lastWeek}::int4) as week
    cross join (select key / ${sql.lit(BLOCK)} as block from accounts group by 1 having count(*) >= ${WORTH_A_PACK}) as blocks
    where not exists (select 1 from signal_packs where signal_packs.week = week.week and signal_packs.block = blocks.block)
    order by week, block`.execute(db)
  return rows
}

/** Null if there are too many signals for one pack. */
async function packOf(db: Db, week: number, block: number, metrics: readonly number[]): Promise<Uint8Array | null> {
  const rows = await readRows(db, { accounts: keysOfBlock(block), weeks: [week], metrics, most: MOST })
  if (rows === undefined) return null
  const pack = openPack()
  for (const [at, account] of rows.account.entries()) {
    pack.add(
      account,
      rows.metric[at] ?? 0,
      weekStart(week) + (rows.time[at] ?? 0),
      rows.value[at] ?? 0,
      rows.rank[at] ?? 0,
    )
  }
  return pack.bytes()
}

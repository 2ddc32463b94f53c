import type { Instant } from '../../domain/time/instant.ts'
import { dropPacks } from '../engine/packs/drop-packs.ts'
import { observedAt } from '../engine/signals/signal-times.ts'
import { weekOf } from '../engine/signals/week.ts'
import type { Db } from '../tables.ts'

const BATCH = 1_000

/**
 * The first and the newest signal of a series stay, so that deleting turns no `stale` into `never`. A cursor in the
 * database remembers how far the last batch got, so that what stays is not looked at again and again.
 */
export async function deleteOldSignals(db: Db, before: Instant): Promise<number> {
  const from = await readCursor(db)
  const rows = await db
    .selectFrom('signals')
    .innerJoin('series', join =>
      join.onRef('series.account', '=', 'signals.account').onRef('series.metric', '=', 'signals.metric'),
    )
    .select(['week', 'signals.account', 'signals.metric', 'time_in_week', 'signals.id', 'first_at', 'newest_at'])
    .select(observedAt.as('observed_at'))
    .where('week', '<=', weekOf(before))
    .where(observedAt, '<', before)
    .where(({ eb, refTuple, tuple }) =>
      eb(
        refTuple('week', 'signals.account', 'signals.metric', 'time_in_week', 'signals.id'),
        '>',
        tuple(from.week, from.account, from.metric, from.time_in_week, from.id),
      ),
    )
    .orderBy('week')
    .orderBy('signals.account')
    .orderBy('signals.metric')
    .orderBy('time_in_week')
    .orderBy('signals.id')
    .limit(BATCH)
    .execute()
  const old = rows.filter(({ first_at, newest_at, observed_at: at }) => at !== first_at && at !== newest_at)
  for (const { observed_at, ...key } of old) await deleteSignal(db, key, observed_at)
  await dropPacks(db, old)
  await writeCursor(db, rows.length < BATCH ? START : rows.at(-1))
  return old.length
}

type Key = { week: number; account: number; metric: number; time_in_week: number; id: string }

const START: Key = { week: -1_000_000, account: 0, metric: 0, time_in_week: 0, id: '' }

async function readCursor(db: Db): Promise<Key> {
  const row = await db.selectFrom('retention_cursor').selectAll().executeTakeFirst()
  return row ?? START
}

async function writeCursor(db: Db, key: Key | undefined): Promise<void> {
  const { week, account, metric, time_in_week, id } = key ?? START
  await db.deleteFrom('retention_cursor').execute()
  await db.insertInto('retention_cursor').values({ week, account, metric, time_in_week, id }).execute()
}

async function deleteSignal(db: Db, key: Key, observedAt: Instant): Promise<void> {
  const { week, account, metric, time_in_week, id } = key
  await db
    .deleteFrom('signals')
    .where('week', '=', week)
    .where('account', '=', account)
    .where('metric', '=', metric)
    .where('time_in_week', '=', time_in_week)
    .where('id', '=', id)
    .execute()
  await db
    .deleteFrom('signal_versions')
    .where('account', '=', account)
    .where('metric', '=', metric)
    .where('observed_at', '=', observedAt)
    .where('id', '=', id)
    .execute()
}

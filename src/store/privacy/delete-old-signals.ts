import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

const BATCH = 1_000

/**
 * The first and the newest of a series stay, so that deleting turns no `stale` into `never`. A cursor in the database
 * remembers how far the last batch came: what stays is not looked at again and again.
 */
export async function deleteOldSignals(db: Db, before: Instant): Promise<number> {
  const from = await readCursor(db)
  const rows = await db
    .selectFrom('signals')
    .innerJoin('series', join =>
      join.onRef('series.account', '=', 'signals.account').onRef('series.metric', '=', 'signals.metric'),
    )
    .select(['week', 'signals.account', 'signals.metric', 'observed_at', 'signals.id', 'first_at'])
    .where('observed_at', '<', before)
    .where(({ eb, refTuple, tuple }) =>
      eb(
        refTuple('week', 'signals.account', 'signals.metric', 'observed_at', 'signals.id'),
        '>',
        tuple(from.week, from.account, from.metric, from.observed_at, from.id),
      ),
    )
    .orderBy('week')
    .orderBy('signals.account')
    .orderBy('signals.metric')
    .orderBy('observed_at')
    .orderBy('signals.id')
    .limit(BATCH)
    .execute()
  let count = 0
  for (const { first_at, ...key } of rows) {
    if (key.observed_at === first_at || !(await hasNewer(db, key))) continue
    for (const table of ['signals', 'signal_versions'] as const) {
      const { week: _, ...identity } = key
      const where = Object.entries(table === 'signals' ? key : identity)
      await db
        .deleteFrom(table)
        .where(({ and, eb }) => and(where.map(([column, value]) => eb(column as 'account', '=', value as number))))
        .execute()
    }
    count += 1
  }
  await writeCursor(db, rows.length < BATCH ? START : rows.at(-1))
  return count
}

type Key = { week: number; account: number; metric: number; observed_at: number; id: string }

const START: Key = { week: -1_000_000, account: 0, metric: 0, observed_at: 0, id: '' }

async function readCursor(db: Db): Promise<Key> {
  const row = await db.selectFrom('retention_cursor').selectAll().executeTakeFirst()
  return row ?? START
}

async function writeCursor(db: Db, key: Key | undefined): Promise<void> {
  const { week, account, metric, observed_at, id } = key ?? START
  await db.deleteFrom('retention_cursor').execute()
  await db.insertInto('retention_cursor').values({ week, account, metric, observed_at, id }).execute()
}

/** Looks week by week from its own on, so that each look is one seek. */
async function hasNewer(db: Db, { week, account, metric, observed_at, id }: Key): Promise<boolean> {
  const { last } = await db
    .selectFrom('signals')
    .select(({ fn }) => fn.max('week').as('last'))
    .executeTakeFirstOrThrow()
  for (let at = week; at <= Number(last); at += 1) {
    const newer = await db
      .selectFrom('signals')
      .select('id')
      .where('week', '=', at)
      .where('account', '=', account)
      .where('metric', '=', metric)
      .where(({ or, and, eb }) =>
        or([eb('observed_at', '>', observed_at), and([eb('observed_at', '=', observed_at), eb('id', '>', id)])]),
      )
      .limit(1)
      .executeTakeFirst()
    if (newer !== undefined) return true
  }
  return false
}

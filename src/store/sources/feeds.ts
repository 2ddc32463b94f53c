import * as z from 'zod'
import { FEWEST_ACCOUNTS, type Feed } from '../../domain/sources/silence.ts'
import { DAY, type Instant } from '../../domain/time/instant.ts'
import { compiledOnce } from '../compiled-once.ts'
import { excludedColumns } from '../row-writer.ts'
import type { Db } from '../tables.ts'

/** Enough to know a source's habit, and as far back as an earlier scoring is likely to ask. */
const DAYS_KEPT = 120

const instants = z.array(z.number())

type Noted = { readonly metric: string; readonly source: string; readonly newestByDay: ReadonlyMap<number, Instant> }

/** Remembers on which days which source sent which metric. */
export async function noteFeeds(db: Db, noted: readonly Noted[]): Promise<void> {
  for (const { metric, source, newestByDay } of noted) {
    const [stored] = await storedDays(db, metric, source)
    const before = stored === undefined ? [] : daysIn(stored.newest_by_day)
    const byDay = new Map(before.map(at => [Math.floor(at / DAY), at]))
    for (const [day, at] of newestByDay) byDay.set(day, Math.max(at, byDay.get(day) ?? -Infinity))
    const days = JSON.stringify([...byDay.values()].sort((a, b) => a - b).slice(-DAYS_KEPT))
    if (days !== stored?.newest_by_day) await storeDays(db, metric, source, days)
  }
}

const storedDays = compiledOnce((db, metric: string, source: string) =>
  db.selectFrom('feeds').select('newest_by_day').where('metric', '=', metric).where('source', '=', source),
)

const storeDays = compiledOnce((db, metric: string, source: string, newest_by_day: string) =>
  db
    .insertInto('feeds')
    .values({ metric, source, newest_by_day })
    .onConflict(conflict => conflict.columns(['metric', 'source']).doUpdateSet(excludedColumns(['newest_by_day']))),
)

const feedsWithAccounts = compiledOnce(db =>
  db
    .selectFrom('feeds')
    .innerJoin('metrics', 'metrics.name', 'feeds.metric')
    .select(['feeds.metric', 'feeds.source', 'feeds.newest_by_day'])
    .select(({ selectFrom }) =>
      selectFrom(
        selectFrom('series')
          .select('series.account')
          .whereRef('series.metric', '=', 'metrics.key')
          .limit(FEWEST_ACCOUNTS)
          .as('some'),
      )
        .select(({ fn }) => fn.countAll<number>().as('accounts'))
        .as('accounts'),
    )
    .orderBy('feeds.metric')
    .orderBy('feeds.source'),
)

export async function readFeeds(db: Db): Promise<Feed[]> {
  const rows = await feedsWithAccounts(db)
  return rows.map(({ metric, source, newest_by_day, accounts }) => ({
    metric,
    source,
    accounts: Number(accounts ?? 0),
    newestByDay: daysIn(newest_by_day),
  }))
}

function daysIn(text: string): Instant[] {
  return instants.parse(JSON.parse(text))
}

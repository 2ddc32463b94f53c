import { sql } from 'kysely'
import type { Db } from '../../../tables.ts'
import { sent } from '../../binary-arrays.ts'
import { blockOf } from '../../packs/block.ts'
import { placesOf, placesWhere, sortedBy } from '../../signals/batch-order.ts'
import { type Spans, spansOf } from '../../signals/series-spans.ts'
import type { SignalColumns } from '../../signals/signal-columns.ts'

/**
 * Marks the accounts that have news as due, records the first and newest instant of each series, and deletes the packs
 * that hold what changed.
 */
export async function noteNews(db: Db, rows: SignalColumns, isNews: Uint8Array): Promise<void> {
  const news = placesWhere(placesOf(rows), row => isNews[row] === 1)
  if (news.length === 0) return
  await dropPacks(db, rows, news)
  const order = sortedBy(news, rows.metric, rows.account)
  await noteSeries(db, spansOf(rows, order))
  const accounts = new Set(Array.from(order, row => rows.account[row] ?? 0))
  await sql`insert into due_accounts (account, news) select account, 1 from ${sent({ account: { int4: [...accounts] } })}
    on conflict (account) do update set news = due_accounts.news + 1`.execute(db)
}

async function noteSeries(db: Db, { length, ...columns }: Spans): Promise<void> {
  const series = {
    account: { int4: columns.account.subarray(0, length) },
    metric: { int4: columns.metric.subarray(0, length) },
    first_at: { float8: columns.first.subarray(0, length) },
    newest_at: { float8: columns.newest.subarray(0, length) },
  }
  await sql`insert into series (account, metric, first_at, newest_at)
    select account, metric, first_at::bigint, newest_at::bigint from ${sent(series)}
    on conflict (account, metric) do update set
      first_at = least(series.first_at, excluded.first_at), newest_at = greatest(series.newest_at, excluded.newest_at)
      where excluded.first_at < series.first_at or excluded.newest_at > series.newest_at`.execute(db)
  await sql`update metrics set first_at = firsts.first_at
    from (select metric, min(first_at)::bigint as first_at from ${sent(series)} group by metric) as firsts
    where metrics.key = firsts.metric and (metrics.first_at is null or metrics.first_at > firsts.first_at)`.execute(db)
}

/** Rows lie in the order of the key, so those of one pack follow each other. */
async function dropPacks(db: Db, { week, account }: SignalColumns, news: Uint32Array): Promise<void> {
  const packs = { week: [] as number[], block: [] as number[] }
  for (const row of news) {
    const place = { week: week[row] ?? 0, block: blockOf(account[row] ?? 0) }
    if (place.week === packs.week.at(-1) && place.block === packs.block.at(-1)) continue
    packs.week.push(place.week)
    packs.block.push(place.block)
  }
  await sql`delete from signal_packs using ${sent({ week: { int4: packs.week }, block: { int4: packs.block } })}
    where signal_packs.week = sent.week and signal_packs.block = sent.block`.execute(db)
}

import { type RawBuilder, sql } from 'kysely'
import { type Gathering, gatherSignals } from '../../../../domain/scoring/readings/gathering.ts'
import { rankOfId } from '../../../../domain/sources/signal-tie.ts'
import type { Db } from '../../../tables.ts'
import { sent } from '../../binary-arrays.ts'
import type { MissingSeries } from '../../signals/series-pass.ts'
import { weekOf, weekStart } from '../../signals/week.ts'

type Row = Record<'series' | 'week' | 'time' | 'value', number> & { readonly id: string }

const NEWEST_OF_SENT = joinNewest('sent', sql`last_week`, sql`first_week`)

/** Searches back week by week, so that a metric that reports once a year costs some seeks and not a scan. */
export async function newestSignals(db: Db, missing: readonly MissingSeries[]): Promise<Gathering> {
  const gathering = gatherSignals()
  if (missing.length === 0) return gathering
  const columns = {
    series: { int4: missing.map(({ series }) => series) },
    account: { int4: missing.map(({ account }) => account) },
    metric: { int4: missing.map(({ metric }) => metric) },
    last_week: { int4: missing.map(({ lastWeek }) => lastWeek) },
    first_week: { int4: missing.map(({ after }) => weekOf(after)) },
  }
  const { rows } = await sql<Row>`
    select series, signals.week, signals.time_in_week as time, signals.value, signals.id
    from ${sent(columns)} ${NEWEST_OF_SENT}
    order by series, signals.id`.execute(db)
  for (const { series, week, time, value, id } of rows)
    gathering.add(series, weekStart(week) + time, value, rankOfId(id))
  return gathering
}

/** Joins the newest signals, all of one instant, of the account and metric that a table names, from a week on back to another. */
export function joinNewest(table: string, last: RawBuilder<unknown>, first: RawBuilder<unknown>): RawBuilder<unknown> {
  const isOfSeries = sql`signals.account = ${sql.ref(`${table}.account`)} and signals.metric = ${sql.ref(`${table}.metric`)}`
  return sql`
    cross join lateral (
      select week, newest.time_in_week from generate_series(${last}, ${first}, -1) as week
      cross join lateral (
        select time_in_week from signals where signals.week = week.week and ${isOfSeries}
        order by time_in_week desc limit 1) as newest
      limit 1) as newest
    join signals on signals.week = newest.week and ${isOfSeries} and signals.time_in_week = newest.time_in_week`
}

import { sql } from 'kysely'
import { type Gathering, gatherSignals } from '../../../../domain/scoring/readings/gathering.ts'
import { rankOfId } from '../../../../domain/sources/signal-tie.ts'
import type { Db } from '../../../tables.ts'
import { sent } from '../../binary-arrays.ts'
import type { MissingSeries } from '../../signals/series-pass.ts'
import { weekOf, weekStart } from '../../signals/week.ts'

type Row = Record<'series' | 'week' | 'time' | 'value', number> & { readonly id: string }

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
    from ${sent(columns)}
    cross join lateral (
      select week, newest.time_in_week from generate_series(last_week, first_week, -1) as week
      cross join lateral (
        select time_in_week from signals
        where signals.week = week.week and signals.account = sent.account and signals.metric = sent.metric
        order by time_in_week desc limit 1) as newest
      limit 1) as newest
    join signals on signals.week = newest.week and signals.account = sent.account and signals.metric = sent.metric
      and signals.time_in_week = newest.time_in_week
    order by series, signals.id`.execute(db)
  for (const { series, week, time, value, id } of rows)
    gathering.add(series, weekStart(week) + time, value, rankOfId(id))
  return gathering
}

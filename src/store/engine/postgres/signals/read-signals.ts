import { type Compilable, type RawBuilder, sql } from 'kysely'
import type { ObservedRow } from '../../../../domain/scoring/readings/history-in-order.ts'
import type { Signal } from '../../../../domain/sources/signal.ts'
import { rankOfId } from '../../../../domain/sources/signal-tie.ts'
import type { Instant } from '../../../../domain/time/instant.ts'
import { compiledOnce } from '../../../compiled-once.ts'
import type { Db } from '../../../tables.ts'
import type { ObservedSpan } from '../../engine.ts'
import type { Dictionary } from '../../signals/dictionary.ts'
import { OBSERVED_AT, RECEIVED_AT } from '../../signals/signal-times.ts'
import { WEEK, weekOf, weekStart } from '../../signals/week.ts'
import { inSnapshot } from '../../transaction.ts'
import { joinNewest } from './newest-signals.ts'

/** An account's current signals up to an instant. */
export async function readSignals(db: Db, account: number, until: Instant): Promise<Signal[]> {
  const [rows, metrics, sources] = await inSnapshot(db, db =>
    Promise.all([signalsOf(db, account, until), namesIn(db, 'metrics'), namesIn(db, 'sources')]),
  )
  return rows.map(row => ({ ...row, metric: metrics.get(row.metric) ?? '', source: sources.get(row.source) ?? '' }))
}

export async function readObserved(
  db: Db,
  account: number,
  { from, until }: ObservedSpan,
): Promise<readonly ObservedRow[]> {
  const week = weekOf(from)
  const rows = await (from === -Infinity
    ? observedOf(db, account, until)
    : observedSince(db, account, until, week, weekStart(week)))
  return rows.map(({ metric, at, value, id }) => [metric, at, value, rankOfId(id)])
}

/** As stored: joining the names would cost more to plan. */
type Row = { readonly metric: number; readonly value: number; readonly id: string }
type Observed = Row & { readonly at: Instant }
type Whole = Row & { readonly observedAt: Instant; readonly receivedAt: Instant; readonly source: number }

const AT = sql.raw(OBSERVED_AT)
const OBSERVED = sql`signals.metric, ${AT} as at, value, id`
const IN_ORDER = sql`order by metric, at, id`

const observedOf = compiledOnce((db, account: number, until: Instant) =>
  compiling(db, sql<Observed>`${rowsOf(OBSERVED, account, until)} ${IN_ORDER}`),
)

/** Those since a week, and the newest of each metric before it. */
const observedSince = compiledOnce((db, account: number, until: Instant, week: number, start: Instant) => {
  const last = sql`least(${weekIn(sql`series.newest_at`)}, ${week}::int4 - 1)`
  return compiling(
    db,
    sql<Observed>`
      ${rowsOf(OBSERVED, account, until, week)}
      union all
      select ${OBSERVED} from series ${joinNewest('series', last, weekIn(sql`series.first_at`))}
      where series.account = ${account} and series.first_at < ${start}
      ${IN_ORDER}`,
  )
})

const signalsOf = compiledOnce((db, account: number, until: Instant) => {
  const columns = sql`metric, value, ${AT} as "observedAt", id, ${sql.raw(RECEIVED_AT)} as "receivedAt", source`
  return compiling(db, sql<Whole>`${rowsOf(columns, account, until)} order by week, metric, time_in_week, id`)
})

/** The key begins with the week: a list of the weeks since the account's first makes each a seek. */
function rowsOf(columns: RawBuilder<unknown>, account: number, until: Instant, since?: number): RawBuilder<unknown> {
  const first = weekIn(sql`min(first_at)`)
  const from = since === undefined ? first : sql`greatest(${first}, ${since})`
  return sql`
    select ${columns} from signals
    where week = any(array(
        select generate_series(${from}, ${weekIn(sql`least(max(newest_at), ${until})`)})
        from series where account = ${account} having count(*) > 0))
      and account = ${account} and ${AT} <= ${until}`
}

function compiling<Row>(db: Db, statement: RawBuilder<Row>): Compilable<Row> {
  return { compile: () => statement.compile(db) }
}

async function namesIn(db: Db, dictionary: Dictionary): Promise<Map<number, string>> {
  const rows = await NAMES[dictionary](db)
  return new Map(rows.map(({ key, name }) => [key, name]))
}

const NAMES = {
  metrics: compiledOnce(db => db.selectFrom('metrics').select(['key', 'name'])),
  sources: compiledOnce(db => db.selectFrom('sources').select(['key', 'name'])),
}

/** `weekOf`, in SQL. */
function weekIn(instant: RawBuilder<unknown>): RawBuilder<number> {
  return sql`floor(${instant} / ${sql.raw(`${WEEK}::float8`)})::int4`
}

/** Values that later corrections replaced. */
export async function readEarlierVersions(db: Db, account: number, until: Instant): Promise<Signal[]> {
  return db
    .selectFrom('signal_versions')
    .innerJoin('metrics', 'metrics.key', 'signal_versions.metric')
    .innerJoin('sources', 'sources.key', 'signal_versions.source')
    .select([
      'metrics.name as metric',
      'value',
      'observed_at as observedAt',
      'received_at as receivedAt',
      'id',
      'sources.name as source',
    ])
    .where('account', '=', account)
    .where('observed_at', '<=', until)
    .orderBy('version')
    .execute()
}

import { type Compilable, type RawBuilder, sql } from 'kysely'
import type { ObservedSignal, Signal } from '../../../../domain/sources/signal.ts'
import type { Instant } from '../../../../domain/time/instant.ts'
import { compiledOnce } from '../../../compiled-once.ts'
import type { Db } from '../../../tables.ts'
import type { MetricNames } from '../../engine.ts'
import type { Dictionary } from '../../signals/dictionary.ts'
import { OBSERVED_AT, RECEIVED_AT } from '../../signals/signal-times.ts'
import { WEEK } from '../../signals/week.ts'
import { inSnapshot } from '../../transaction.ts'

/** As stored: joining the names would cost more to plan. */
type Row<T> = Omit<T, 'metric'> & { readonly metric: number }

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
  until: Instant,
  metrics: Promise<MetricNames>,
): Promise<ObservedSignal[]> {
  const [rows, names] = await Promise.all([observedOf(db, account, until), metrics])
  return rows.map(row => ({ ...row, metric: names.get(row.metric) ?? '' }))
}

const OBSERVED = sql`metric, value, ${sql.raw(OBSERVED_AT)} as "observedAt", id`

const observedOf = compiledOnce((db, account: number, until: Instant) =>
  compiling(db, rowsOf<Row<ObservedSignal>>(OBSERVED, account, until)),
)

const signalsOf = compiledOnce((db, account: number, until: Instant) => {
  const columns = sql`${OBSERVED}, ${sql.raw(RECEIVED_AT)} as "receivedAt", source`
  return compiling(db, rowsOf<Row<Omit<Signal, 'source'>> & { readonly source: number }>(columns, account, until))
})

/** The key begins with the week: a list of the weeks since the account's first makes each a seek. */
function rowsOf<Row>(columns: RawBuilder<unknown>, account: number, until: Instant): RawBuilder<Row> {
  return sql<Row>`
    select ${columns} from signals
    where week = any(array(
        select generate_series(${weekIn(sql`min(first_at)`)}, ${weekIn(sql`least(max(newest_at), ${until})`)})
        from series where account = ${account}))
      and account = ${account} and ${sql.raw(OBSERVED_AT)} <= ${until}
    order by week, metric, time_in_week, id`
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

import { sql } from 'kysely'
import type { Db } from '../../../tables.ts'
import { columnsOfRows, type SignalColumns } from '../../signals/signal-columns.ts'
import type { SignalRow, Version } from '../../signals/signal-row.ts'
import { WEEK } from '../../signals/week.ts'
import { type Columns, sent } from '../binary-arrays.ts'

/** Rows of one statement. */
const CHUNK = 10_000

const IDENTITY = ['week', 'account', 'metric', 'time_in_week', 'id'].map(column => sql.ref(column))
const isSame = sql.join(
  ['week', 'account', 'metric', 'time_in_week', 'id'].map(
    column => sql`signals.${sql.ref(column)} = sent.${sql.ref(column)}`,
  ),
  sql` and `,
)

/** Adds rows of which nothing is stored, and gives what is stored of the others, by their places. */
export async function addUnknown(db: Db, rows: SignalColumns, firsts: Uint32Array): Promise<Map<number, Version>> {
  const stored = new Map<number, Version>()
  for (let start = 0; start < firsts.length; start += CHUNK) {
    const places = firsts.subarray(start, start + CHUNK)
    const known = await sql<Version & { place: number }>`
      with sent as (select * from ${sent({ ...columnsAt(rows, places), place: { int4: places } })}),
      added as (
        insert into signals (${sql.join(IDENTITY)}, value, delay, source)
          select ${sql.join(IDENTITY)}, value, delay::bigint, source from sent on conflict do nothing)
      select sent.place, signals.value, signals.delay, signals.source from sent join signals on ${isSame}`.execute(db)
    for (const { place, value, delay, source } of known.rows) stored.set(place, { value, delay, source })
  }
  return stored
}

export async function replaceRows(db: Db, rows: readonly SignalRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`update signals set value = sent.value, delay = sent.delay::bigint, source = sent.source
    from ${sent(columnsAt(columnsOfRows(rows)))} where ${isSame}`.execute(db)
}

/** What was replaced becomes the last of the earlier versions. */
export async function keepEarlier(db: Db, rows: readonly SignalRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`insert into signal_versions (account, metric, observed_at, id, version, value, received_at, source)
    select account, metric, observed_at, id, coalesce((select max(version) from signal_versions as known
        where known.account = earlier.account and known.metric = earlier.metric
          and known.observed_at = earlier.observed_at and known.id = earlier.id), 0) + 1,
      value, observed_at + delay, source
    from (select account, metric, week * ${sql.lit(WEEK)}::bigint + time_in_week as observed_at, id, value,
        delay::bigint as delay, source
      from ${sent(columnsAt(columnsOfRows(rows)))}) as earlier`.execute(db)
}

/** Copies what is stored of rows, with its earlier versions, from a schema to the tables that lie over it. */
export async function fetchRows(db: Db, schema: string, rows: SignalColumns): Promise<void> {
  const sentRows = sent(columnsAt(rows))
  await sql`insert into signals select signals.* from ${sql.id(schema, 'signals')} as signals join ${sentRows} on ${isSame}
    on conflict do nothing`.execute(db)
  await sql`insert into signal_versions select known.* from ${sql.id(schema, 'signal_versions')} as known join ${sentRows}
      on known.account = sent.account and known.metric = sent.metric and known.id = sent.id
        and known.observed_at = sent.week * ${sql.lit(WEEK)}::bigint + sent.time_in_week
    on conflict do nothing`.execute(db)
}

/** Some rows, by their places; all where none are named. */
function columnsAt(rows: SignalColumns, places?: Uint32Array) {
  const { week, account, metric, time, id, value, delay, source } = rows
  const int4 = (column: Int32Array) => ({
    int4: places === undefined ? column : Int32Array.from(places, place => column[place] ?? 0),
  })
  const float8 = (column: Float64Array) => ({
    float8: places === undefined ? column : Float64Array.from(places, place => column[place] ?? 0),
  })
  return {
    week: int4(week),
    account: int4(account),
    metric: int4(metric),
    time_in_week: int4(time),
    id: { text: places === undefined ? id : Array.from(places, place => id[place] ?? '') },
    value: float8(value),
    delay: float8(delay),
    source: int4(source),
  } satisfies Columns
}

import { sql } from 'kysely'
import type { Db } from '../../../tables.ts'
import { sent } from '../../binary-arrays.ts'
import type { Places } from '../../signals/batch-order.ts'
import { columnsOfRows, type SignalColumns } from '../../signals/signal-columns.ts'
import type { SignalRow } from '../../signals/signal-row.ts'
import { WEEK } from '../../signals/week.ts'
import { binaryRows } from '../binary-rows.ts'
import { copyInto } from '../copy-in.ts'
import { CHUNK, IDENTITY, IS_SAME, toCopy, toSend } from './row-columns.ts'

/** Adds some rows, by their places, of which nothing is stored. COPY costs the server two thirds of an `insert`. */
export async function insertRows(db: Db, rows: SignalColumns, places: Places): Promise<void> {
  const columns = toCopy(rows)
  for (let start = 0; start < places.length; start += CHUNK) {
    const bytes = binaryRows(columns, places.subarray(start, start + CHUNK))
    await copyInto(db, 'signals', Object.keys(columns), bytes)
  }
}

/** Replaces what is stored of the same identities. */
export async function replaceRows(db: Db, rows: readonly SignalRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`insert into signals (${IDENTITY}, value, delay, source)
    select ${IDENTITY}, value, delay::bigint, source from ${sent(toSend(columnsOfRows(rows)))}
    on conflict (${IDENTITY}) do update
      set value = excluded.value, delay = excluded.delay, source = excluded.source`.execute(db)
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
      from ${sent(toSend(columnsOfRows(rows)))}) as earlier`.execute(db)
}

/** Copies what is stored for these rows, with its earlier versions, from a schema to the tables that hide its own. */
export async function fetchRows(db: Db, schema: string, rows: SignalColumns): Promise<void> {
  const wanted = sent(toSend(rows))
  await sql`insert into signals select known.* from ${wanted}
    cross join lateral (select * from ${sql.id(schema, 'signals')} as signals where ${IS_SAME} limit 1) as known
    on conflict do nothing`.execute(db)
  await sql`insert into signal_versions select known.* from ${wanted}
    join ${sql.id(schema, 'signal_versions')} as known
      on known.account = sent.account and known.metric = sent.metric and known.id = sent.id
        and known.observed_at = sent.week * ${sql.lit(WEEK)}::bigint + sent.time_in_week
    on conflict do nothing`.execute(db)
}

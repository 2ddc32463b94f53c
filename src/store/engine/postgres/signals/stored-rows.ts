import { sql } from 'kysely'
import type { Db } from '../../../tables.ts'
import { sent } from '../../binary-arrays.ts'
import { type Places, placesWhere } from '../../signals/batch-order.ts'
import { endOfWeek, rowsAt, type SignalColumns } from '../../signals/signal-columns.ts'
import type { Version } from '../../signals/signal-row.ts'
import { CHUNK, IS_SAME, toSend } from './row-columns.ts'

/** What is stored of the identities of some rows, by their places. Rows are in the order of the key. */
export async function readStored(db: Db, rows: SignalColumns, places: Places): Promise<Map<number, Version>> {
  const stored = new Map<number, Version>()
  const weeks = await weeksInUse(db, rows)
  const asked = placesWhere(places, place => weeks.has(rows.week[place] ?? 0))
  for (let start = 0; start < asked.length; start += CHUNK) {
    const some = asked.subarray(start, start + CHUNK)
    const { week, account, metric, time_in_week, id } = toSend(rowsAt(rows, some))
    const wanted = sent({ week, account, metric, time_in_week, id, place: { int4: some } })
    // A seek for each row: for an ordinary join, the planner would rather read the whole table.
    const { rows: known } = await sql<Version & { place: number }>`select sent.place, known.* from ${wanted}
      cross join lateral (select value, delay, source from signals where ${IS_SAME} limit 1) as known`.execute(db)
    for (const { place, value, delay, source } of known) stored.set(place, { value, delay, source })
  }
  return stored
}

/**
 * The weeks that have anything stored between the first and the last account of these rows; for most files there are
 * none.
 */
async function weeksInUse(db: Db, rows: SignalColumns): Promise<Set<number>> {
  const stretches = { week: [] as number[], first: [] as number[], last: [] as number[] }
  for (let start = 0, end = 0; start < rows.length; start = end) {
    end = endOfWeek(rows, start)
    stretches.week.push(rows.week[start] ?? 0)
    stretches.first.push(rows.account[start] ?? 0)
    stretches.last.push(rows.account[end - 1] ?? 0)
  }
  const { week, first, last } = stretches
  const asked = sent({ week: { int4: week }, first_account: { int4: first }, last_account: { int4: last } })
  const inUse = await sql<{ week: number }>`select sent.week from ${asked} cross join lateral (select from signals
    where signals.week = sent.week and account between first_account and last_account limit 1) as known`.execute(db)
  return new Set(inUse.rows.map(({ week }) => week))
}

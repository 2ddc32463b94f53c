import type { Instant } from '../../domain/time/instant.ts'
import { findAccountKeys } from '../../store/accounts/find-accounts.ts'
import { addCounts } from '../../store/counts.ts'
import type { Connection } from '../../store/engine/engine.ts'
import { openBatch, placeIn, put, type SignalBatch } from '../../store/engine/signals/signal-batch.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { type PullKey, pullState, saveCursor } from '../../store/sources/pulls.ts'
import { type Counts, saveBatch } from '../../store/sources/signals.ts'
import { countRejected } from '../../store/sources/source-counts.ts'
import { isRefusal, quoted, refuse } from '../cells/values.ts'
import { numberRows, type RefusedRow } from '../signals/numbering.ts'
import { readSignal } from '../signals/read-signal.ts'
import type { Warehouse, WarehouseRow } from './warehouse.ts'

export type Pulled = Counts & {
  readonly metric: string
  readonly read: number
  readonly rejected: number
  /** Why the first of them was rejected. */
  readonly reason?: string
}

/** What came before everything. */
const BEGINNING = 0

/**
 * Fetches what is new of a metric and saves it batch by batch, each together with how far it came, so that a kill loses and
 * doubles nothing. The cursor never stands between rows of one time: those are fetched again instead.
 */
export async function pullQuery(
  connection: Connection,
  warehouse: Warehouse,
  { metric, query }: { readonly metric: string; readonly query: string },
  now: Instant,
): Promise<Pulled> {
  const key: PullKey = { source: warehouse.source, name: metric }
  const { cursor = BEGINNING } = await pullState(connection.db, key)
  const accounts = new Map<string, number>()
  const numbering = numberRows(accounts)
  const total = { read: 0, added: 0, changed: 0, unchanged: 0, rejected: 0 }
  let reason: string | undefined
  let newest = cursor
  for await (const rows of warehouse.rows(query, cursor)) {
    for (const [id, at] of await findAccountKeys(connection.db, [...new Set(rows.map(row => row.account_id))])) {
      accounts.set(id, at)
    }
    const read = rows.map(row => signalOf(row, metric, warehouse.source, { accounts, now }))
    const [batch, refused]: [SignalBatch, RefusedRow[]] = [openBatch(), []]
    for (const signal of read) {
      const place = placeIn(batch)
      if (isRefusal(signal)) refused.push({ place, read: signal })
      else put(batch, place, signal)
    }
    const order = await numbering.number({ batch, refused })
    reason ??= refused[0]?.read.reason
    const times = read.flatMap(({ observedAt }) => observedAt ?? []).filter(at => at <= now)
    const last = Math.max(newest, ...times)
    const whole = Math.max(newest, ...times.filter(at => at < last))
    const counts = await inTransaction(connection.db, async db => {
      const counts = await saveBatch({ ...connection, db }, batch, order)
      await countRejected(db, warehouse.source, refused.length, now)
      if (whole > cursor) await saveCursor(db, key, whole)
      return counts
    })
    addCounts(total, counts)
    total.read += rows.length
    total.rejected += refused.length
    newest = last
  }
  numbering.close()
  if (newest > cursor) await saveCursor(connection.db, key, newest)
  return { metric, ...total, ...(reason !== undefined && { reason }) }
}

function signalOf(
  { account_id, value, observed_at, id }: WarehouseRow,
  metric: string,
  source: string,
  reception: { readonly accounts: ReadonlyMap<string, number>; readonly now: Instant },
) {
  const number = value.trim() === '' ? Number.NaN : Number(value)
  const checked = Number.isFinite(number) ? number : refuse(`value ${quoted(value)} is not a finite number`)
  return readSignal({ accountId: account_id, metric, observedAt: observed_at, source, id }, checked, reception)
}

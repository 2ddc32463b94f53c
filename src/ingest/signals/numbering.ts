import {
  bySeries,
  byWeek,
  endOfTime,
  type Places,
  placesOf,
  placesWhere,
  sortTies,
} from '../../store/engine/signals/batch-order.ts'
import { names } from '../../store/engine/signals/names.ts'
import type { SignalBatch } from '../../store/engine/signals/signal-batch.ts'
import { timeInWeek, WEEK, weekOf } from '../../store/engine/signals/week.ts'
import { type Occurrences, openOccurrences } from '../../store/sources/occurrences.ts'
import { keptPlaces } from './kept-places.ts'
import type { RefusedSignal } from './read-signal.ts'
import { openSpans } from './series-spans.ts'

/** Rows in the order in which they came: the signals in a batch, and the rejected ones by their places in it. */
export type RowsRead = { readonly batch: SignalBatch; readonly refused: readonly RefusedRow[] }

export type RefusedRow = { readonly place: number; readonly read: RefusedSignal }

/** Tells several events at one time apart, by their order within a file or request. */
export type Numbering = {
  /**
   * Gives rows of the same series and time the ids ~2, ~3, ..., from the second on; rejected ones count too. Returns the rows to
   * write, in key order.
   */
  number(read: RowsRead): Promise<Places>
  /** How many rows got such an id, and the first of them in words. */
  readonly numbered: { count: number; example?: string }
  close(): void
}

/**
 * Rows of a file in some order are told apart batch by batch. As soon as one may repeat the time of a much
 * earlier one, all `earlier` rows are read once more, and from then on each is counted, in memory and then on
 * disk. Where they cannot be read again, up to `mostKept` of them are kept for that.
 */
export function numberRows(
  accounts: { get(id: string): number | undefined },
  earlier?: () => AsyncIterable<RowsRead>,
  mostKept = 250_000,
): Numbering {
  const unknownAccounts = names()
  const spans = openSpans()
  const numbered: Numbering['numbered'] = { count: 0 }
  const kept = earlier === undefined ? keptPlaces(mostKept) : undefined
  let counted: Occurrences | undefined
  let rowsBefore = 0

  const accountOf = ({ accountId }: RefusedSignal) => accounts.get(accountId) ?? -1 - unknownAccounts.placeOf(accountId)

  const countEarlier = async () => {
    const occurrences = openOccurrences()
    kept?.countIn(occurrences)
    let left = rowsBefore
    for await (const read of earlier?.() ?? []) {
      const rows = placesWhere(placed(read, accountOf), row => row < left && read.batch.id[row] === '')
      occurrences.count(read.batch, rows)
      left -= read.batch.length
      if (left <= 0) break
    }
    return occurrences
  }

  return {
    async number(read) {
      const { batch } = read
      const rows = placed(read, accountOf)
      const unnamed = placesWhere(rows, row => batch.id[row] === '')
      const isCounted = counted !== undefined || !spans.add(batch, unnamed) || kept?.add(batch, unnamed) === false
      if (isCounted) counted ??= await countEarlier()
      const ordinals = counted === undefined ? ordinalsHere(batch, unnamed) : counted.count(batch, unnamed)
      rowsBefore += batch.length
      nameThem(batch, unnamed, ordinals, numbered)
      sortTies(batch, rows)
      const isKept = (row: number) => !Number.isNaN(batch.value[row])
      return byWeek(batch, read.refused.length === 0 ? rows : placesWhere(rows, isKept))
    },
    numbered,
    close: () => counted?.close(),
  }
}

/** The rows whose account, metric and time can be read, in the order of series. */
function placed({ batch, refused }: RowsRead, accountOf: (read: RefusedSignal) => number): Places {
  for (const { place, read } of refused) {
    const { accountId, metric, observedAt, id } = read
    batch.account[place] = accountId === '' || metric === '' || observedAt === undefined ? 0 : accountOf(read)
    batch.metric[place] = batch.metrics.placeOf(metric)
    batch.week[place] = weekOf(observedAt ?? 0)
    batch.time[place] = timeInWeek(observedAt ?? 0)
    batch.value[place] = Number.NaN
    batch.id[place] = id
  }
  const all = placesOf(batch)
  return bySeries(batch, refused.length === 0 ? all : placesWhere(all, row => batch.account[row] !== 0))
}

type Ordinals = ArrayLike<number>

/** The ordinal of each row within its series and time, from 1, if all of them are in this batch. */
function ordinalsHere(batch: SignalBatch, rows: Places): Ordinals {
  const ordinals = new Uint32Array(rows.length)
  for (let start = 0; start < rows.length; ) {
    const end = endOfTime(batch, rows, start)
    for (let at = start; at < end; at += 1) ordinals[at] = at - start + 1
    start = end
  }
  return ordinals
}

function nameThem(batch: SignalBatch, rows: Places, ordinals: Ordinals, numbered: Numbering['numbered']): void {
  let first = Infinity
  for (let at = 0; at < rows.length; at += 1) {
    if (ordinals[at] === 1) continue
    const row = rows[at] ?? 0
    batch.id[row] = `~${ordinals[at]}`
    numbered.count += 1
    first = Math.min(first, row)
  }
  if (first === Infinity) return
  const metric = batch.metrics.all[batch.metric[first] ?? 0]
  numbered.example ??= `${metric} at ${new Date(instantOf(batch, first)).toISOString()}`
}

function instantOf({ week, time }: SignalBatch, row: number): number {
  return (week[row] ?? 0) * WEEK + (time[row] ?? 0)
}

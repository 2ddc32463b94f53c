import type { Places } from './batch-order.ts'
import type { Dictionary } from './dictionary.ts'
import type { SignalBatch } from './signal-batch.ts'
import type { SignalRow } from './signal-row.ts'

/** Rows as the database stores them, in the order of its key. */
export type SignalColumns = {
  length: number
  readonly week: Int32Array
  readonly account: Int32Array
  readonly metric: Int32Array
  readonly time: Int32Array
  readonly id: string[]
  readonly value: Float64Array
  readonly delay: Float64Array
  readonly source: Int32Array
}

export type KeyOf = (dictionary: Dictionary, name: string) => number

/** Some rows of a batch, with the keys of their names. */
export function columnsOf(batch: SignalBatch, order: Places, keyOf: KeyOf): SignalColumns {
  const columns = openColumns(order.length)
  fillColumns(columns, batch, order, keysAt(batch, keyOf))
  return columns
}

/** The keys of a batch's names, by their places. */
export type KeyAt = (dictionary: Dictionary, place: number) => number

/** Asks for each name once. */
export function keysAt(batch: Pick<SignalBatch, Dictionary>, keyOf: KeyOf): KeyAt {
  const keys = {
    metrics: new Int32Array(batch.metrics.all.length),
    sources: new Int32Array(batch.sources.all.length),
  }
  return (dictionary, place) => {
    const known = keys[dictionary][place] ?? 0
    if (known !== 0) return known
    const key = keyOf(dictionary, batch[dictionary].all[place] ?? '')
    keys[dictionary][place] = key
    return key
  }
}

/** Overwrites the columns with these rows; they must be long enough. */
export function fillColumns(columns: SignalColumns, batch: SignalBatch, order: Places, keyAt: KeyAt): void {
  columns.length = order.length
  for (let at = 0; at < order.length; at += 1) {
    const place = order[at] ?? 0
    columns.week[at] = batch.week[place] ?? 0
    columns.account[at] = batch.account[place] ?? 0
    columns.metric[at] = keyAt('metrics', batch.metric[place] ?? 0)
    columns.time[at] = batch.time[place] ?? 0
    columns.id[at] = batch.id[place] ?? ''
    columns.value[at] = batch.value[place] ?? 0
    columns.delay[at] = batch.delay[place] ?? 0
    columns.source[at] = keyAt('sources', batch.source[place] ?? 0)
  }
}

/** Some rows, by their places. */
export function rowsAt(columns: SignalColumns, places: Places): SignalColumns {
  const some = openColumns(places.length)
  for (const column of NUMBERS) copyAt(columns[column], places, some[column])
  for (let at = 0; at < places.length; at += 1) some.id[at] = columns.id[places[at] ?? 0] ?? ''
  return some
}

function copyAt(from: Int32Array | Float64Array, places: Places, to: Int32Array | Float64Array): void {
  for (let at = 0; at < places.length; at += 1) to[at] = from[places[at] ?? 0] ?? 0
}

export function columnsOfRows(rows: readonly SignalRow[]): SignalColumns {
  const columns = openColumns(rows.length)
  for (const [at, row] of rows.entries()) {
    for (const column of NUMBERS) columns[column][at] = row[column]
    columns.id[at] = row.id
  }
  return columns
}

const NUMBERS = ['week', 'account', 'metric', 'time', 'value', 'delay', 'source'] as const

export function openColumns(length: number): SignalColumns {
  return {
    length,
    week: new Int32Array(length),
    account: new Int32Array(length),
    metric: new Int32Array(length),
    time: new Int32Array(length),
    id: new Array<string>(length),
    value: new Float64Array(length),
    delay: new Float64Array(length),
    source: new Int32Array(length),
  }
}

export function rowAt(columns: SignalColumns, at: number): SignalRow {
  return {
    week: columns.week[at] ?? 0,
    account: columns.account[at] ?? 0,
    metric: columns.metric[at] ?? 0,
    time: columns.time[at] ?? 0,
    id: columns.id[at] ?? '',
    value: columns.value[at] ?? 0,
    delay: columns.delay[at] ?? 0,
    source: columns.source[at] ?? 0,
  }
}

/** Whether two rows have the same identity. */
export function isSameIdentity(columns: SignalColumns, a: number, b: number): boolean {
  const { week, account, metric, time, id } = columns
  return (
    time[a] === time[b] &&
    week[a] === week[b] &&
    account[a] === account[b] &&
    metric[a] === metric[b] &&
    id[a] === id[b]
  )
}

/** Where the rows of this week end, after `most` rows at the latest. */
export function endOfWeek({ length, week }: SignalColumns, start: number, most = length): number {
  let end = start + 1
  while (end < length && end < start + most && week[end] === week[start]) end += 1
  return end
}

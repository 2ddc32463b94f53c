import type { Signal } from '../../../domain/sources/signal.ts'
import type { Duration, Instant } from '../../../domain/time/instant.ts'
import { type Names, names } from './names.ts'
import { timeInWeek, weekOf } from './week.ts'

/** A signal of the account with this key. */
export type NewSignal = Signal & { readonly account: number }

/** Signals as columns of numbers, since a million rows must not be a million objects. Each row has a place, from 0 on. */
export type SignalBatch = {
  length: number
  account: Int32Array
  /** Place among `metrics`, like `source` among `sources`. */
  metric: Int32Array
  source: Int32Array
  /** When it was observed: the week, and milliseconds within it. */
  week: Int32Array
  time: Int32Array
  value: Float64Array
  /** Milliseconds from when it was observed until it was received. */
  delay: Float64Array
  readonly id: string[]
  readonly metrics: Names
  readonly sources: Names
}

const FIRST_SIZE = 1_024

export function openBatch(metrics = names(), sources = names()): SignalBatch {
  return {
    length: 0,
    account: new Int32Array(FIRST_SIZE),
    metric: new Int32Array(FIRST_SIZE),
    source: new Int32Array(FIRST_SIZE),
    week: new Int32Array(FIRST_SIZE),
    time: new Int32Array(FIRST_SIZE),
    value: new Float64Array(FIRST_SIZE),
    delay: new Float64Array(FIRST_SIZE),
    id: [],
    metrics,
    sources,
  }
}

/** Makes room for one more row, and returns its place. */
export function placeIn(batch: SignalBatch): number {
  const place = batch.length
  if (place === batch.account.length) grow(batch)
  batch.length = place + 1
  return place
}

function grow(batch: SignalBatch): void {
  const size = batch.account.length * 2
  for (const column of ['account', 'metric', 'source', 'week', 'time'] as const) {
    const longer = new Int32Array(size)
    longer.set(batch[column])
    batch[column] = longer
  }
  for (const column of ['value', 'delay'] as const) {
    const longer = new Float64Array(size)
    longer.set(batch[column])
    batch[column] = longer
  }
}

export function put(batch: SignalBatch, place: number, signal: NewSignal): void {
  const { account, observedAt, value, receivedAt, id, source = '' } = signal
  const metric = batch.metrics.placeOf(signal.metric)
  const row = { account, metric, source: batch.sources.placeOf(source), observedAt, value }
  fill(batch, place, { ...row, delay: receivedAt - observedAt, id })
}

type Row = Record<'account' | 'metric' | 'source' | 'value', number> & {
  readonly observedAt: Instant
  readonly delay: Duration
  readonly id: string
}

/** The same for a row whose metric and source are places among those of the batch. */
export function fill(batch: SignalBatch, place: number, row: Row): void {
  const { account, metric, source, observedAt, value, delay, id } = row
  batch.account[place] = account
  batch.metric[place] = metric
  batch.source[place] = source
  batch.week[place] = weekOf(observedAt)
  batch.time[place] = timeInWeek(observedAt)
  batch.value[place] = value
  batch.delay[place] = delay
  batch.id[place] = id
}

export function batchOf(signals: readonly NewSignal[]): SignalBatch {
  const batch = openBatch()
  for (const signal of signals) put(batch, placeIn(batch), signal)
  return batch
}

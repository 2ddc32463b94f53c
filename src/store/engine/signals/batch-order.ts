import type { SignalBatch } from './signal-batch.ts'

/** Places in a batch, in some order. */
export type Places = Uint32Array<ArrayBuffer>

/** The rows by series, then time; rows of the same series and time stay in the order in which they came. */
export function bySeries(batch: SignalBatch, places: Places): Places {
  return sortedBy(places, batch.time, batch.week, batch.metric, batch.account)
}

/** Turns the order of series into that of the database's key, in which writing is several times faster. */
export function byWeek(batch: SignalBatch, places: Places): Places {
  return sortedBy(places, batch.week)
}

/** All rows of a batch in the order of the database's key. */
export function inKeyOrder(batch: SignalBatch): Places {
  const order = bySeries(batch, placesOf(batch))
  sortTies(batch, order)
  return byWeek(batch, order)
}

export function placesOf({ length }: { readonly length: number }): Places {
  const places = new Uint32Array(length)
  for (let place = 0; place < length; place += 1) places[place] = place
  return places
}

/** The places that meet a condition, in the same order. */
export function placesWhere(places: Places, isWanted: (place: number) => boolean): Places {
  const wanted = new Uint32Array(places.length)
  let count = 0
  for (let at = 0; at < places.length; at += 1) {
    const place = places[at] ?? 0
    if (isWanted(place)) wanted[count++] = place
  }
  return wanted.subarray(0, count)
}

/**
 * Sorts rows of the same series and time by id, among rows in the order of series. Equal ids stay in the order in which
 * they came.
 */
export function sortTies(batch: SignalBatch, order: Places): void {
  for (let start = 0; start < order.length; ) {
    const end = endOfTime(batch, order, start)
    if (end - start > 1) order.subarray(start, end).sort((a, b) => compare(batch.id[a], batch.id[b]) || a - b)
    start = end
  }
}

/** Where rows of another series or time begin, in the order of series. */
export function endOfTime({ account, metric, week, time }: SignalBatch, order: Places, start: number): number {
  const first = order[start] ?? 0
  let end = start + 1
  for (; end < order.length; end += 1) {
    const other = order[end] ?? 0
    if (time[first] !== time[other] || week[first] !== week[other]) return end
    if (metric[first] !== metric[other] || account[first] !== account[other]) return end
  }
  return end
}

function compare(a = '', b = ''): number {
  return a === b ? 0 : a < b ? -1 : 1
}

/** Bits that are sorted in one pass. */
const DIGIT = 11

/**
 * Sorts places by columns of integers, of which the last counts most. Stable. Sorts digit by digit, since comparing
 * costs ten times as much.
 */
export function sortedBy(places: Places, ...columns: readonly Int32Array[]): Places {
  let sorted = places
  let spare = places
  for (const column of columns) {
    const { least, most } = rangeOf(column, sorted)
    for (let shift = 0; shift < 32 && (most - least) >>> shift > 0; shift += DIGIT) {
      // The given places stay as they are; from the third pass on, each pass overwrites what the one before it read.
      const into = spare === places ? new Uint32Array(places.length) : spare
      sortByDigit(sorted, into, column, least, shift)
      spare = sorted
      sorted = into
    }
  }
  return sorted
}

function rangeOf(column: Int32Array, places: Places): { least: number; most: number } {
  let least = column[places[0] ?? 0] ?? 0
  let most = least
  for (let at = 1; at < places.length; at += 1) {
    const value = column[places[at] ?? 0] ?? 0
    if (value < least) least = value
    else if (value > most) most = value
  }
  return { least, most }
}

function sortByDigit(places: Places, into: Places, column: Int32Array, least: number, shift: number): void {
  const starts = new Uint32Array((1 << DIGIT) + 1)
  const mask = (1 << DIGIT) - 1
  for (let at = 0; at < places.length; at += 1) {
    const digit = (((column[places[at] ?? 0] ?? 0) - least) >>> shift) & mask
    starts[digit + 1] = (starts[digit + 1] ?? 0) + 1
  }
  for (let digit = 1; digit <= mask; digit += 1) starts[digit] = (starts[digit] ?? 0) + (starts[digit - 1] ?? 0)
  for (let at = 0; at < places.length; at += 1) {
    const place = places[at] ?? 0
    const digit = (((column[place] ?? 0) - least) >>> shift) & mask
    const to = starts[digit] ?? 0
    into[to] = place
    starts[digit] = to + 1
  }
}

import type { Instant } from '../../time/instant.ts'

/** Signals in columns: the rows of one series lie together, in order of time. */
export type SeriesColumns = {
  readonly at: Float64Array
  readonly value: Float64Array
  /** The rows of series `s` begin at `starts[s]` and end before `starts[s + 1]`. */
  readonly starts: Uint32Array
  /** The newest of one instant is its last row; where it is not: by the last row, how many rows before it. */
  readonly ties: ReadonlyMap<number, number>
}

/** The first of some rows of a series that lies after an instant; `stop` where none does. */
export function firstAfter({ at }: SeriesColumns, start: number, stop: number, instant: Instant): number {
  let low = start
  let high = stop
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((at[middle] ?? 0) <= instant) low = middle + 1
    else high = middle
  }
  return low
}

/** The value of the newest of the rows before `stop`, of which there is at least one. */
export function newestBefore({ value, ties }: SeriesColumns, stop: number): number {
  const back = ties.size === 0 ? 0 : (ties.get(stop - 1) ?? 0)
  return value[stop - 1 - back] ?? 0
}

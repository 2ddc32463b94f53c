import type { Instant } from '../time/instant.ts'

/** Signals in columns: the rows of one series lie together, in order of time. */
export type SeriesColumns = {
  readonly at: Float64Array
  readonly value: Float64Array
  /** The rows of series `s` begin at `starts[s]` and end before `starts[s + 1]`. */
  readonly starts: Uint32Array
  /** The newest of one instant is its last row; where it is not: by the last row, how many rows before it. */
  readonly ties: ReadonlyMap<number, number>
}

/** Signals on their way into columns, as they come: of each series in order of time, then of their ids. */
export type Gathering = {
  /** `rank` orders ids as src/domain/sources/signal-tie.ts does; of equal ranks the later one is the newest. */
  add(series: number, at: Instant, value: number, rank: number): void
  /** The same for many rows of equal ranks; those of series -1 are left out. */
  addAll(rows: Rows): void
  rows(): number
  /** Forgets all rows and keeps their room. */
  clear(): void
  readonly pieces: readonly Piece[]
}

export type Rows = { readonly series: Int32Array; readonly at: Float64Array; readonly value: Float64Array }

/** What grows piece by piece is never copied. */
type Piece = Rows & {
  length: number
  /** As in the columns, by the place in the piece. */
  readonly ties: Map<number, number>
}

const PIECE = 16_384

/** A few signals, roughly so many, need no more room than they take. */
export function gatherSignals(expected = PIECE): Gathering {
  const pieceRows = Math.max(1, Math.min(expected, PIECE))
  const pieces: Piece[] = []
  let piece = emptyPiece(0)
  let next = 0
  let rows = 0
  let lastSeries = -1
  let lastAt = 0
  let bestRank = 0
  let back = 0
  /** Goes on to a piece with room for so many more. */
  const makeRoom = (more: number) => {
    while (piece.at.length - piece.length < more) {
      piece = pieces[next] ?? emptyPiece(Math.max(pieceRows, more))
      pieces[next] = piece
      next += 1
    }
  }
  return {
    rows: () => rows,
    pieces,
    add(series, at, value, rank) {
      makeRoom(1)
      const place = piece.length
      piece.series[place] = series
      piece.at[place] = at
      piece.value[place] = value
      piece.length += 1
      rows += 1
      if (at === lastAt && series === lastSeries && rank < bestRank) {
        back += 1
        piece.ties.set(place, back)
        return
      }
      lastSeries = series
      lastAt = at
      bestRank = rank
      back = 0
    },
    addAll({ series, at, value }) {
      makeRoom(series.length)
      piece.series.set(series, piece.length)
      piece.at.set(at, piece.length)
      piece.value.set(value, piece.length)
      piece.length += series.length
      for (const of of series) if (of >= 0) rows += 1
      lastSeries = -1
    },
    clear() {
      for (const used of pieces) {
        used.length = 0
        used.ties.clear()
      }
      piece = emptyPiece(0)
      next = 0
      rows = 0
      lastSeries = -1
    },
  }
}

function emptyPiece(rows: number): Piece {
  return {
    series: new Int32Array(rows),
    at: new Float64Array(rows),
    value: new Float64Array(rows),
    length: 0,
    ties: new Map(),
  }
}

/** Lays the rows of each series together. What was gathered in an earlier part lies before what came later. */
export function inColumns(series: number, parts: readonly Gathering[]): SeriesColumns {
  const pieces = parts.flatMap(part => part.pieces)
  const starts = new Uint32Array(series + 1)
  for (const { series: of, length } of pieces) {
    for (let row = 0; row < length; row += 1) {
      const next = (of[row] ?? 0) + 1
      if (next > 0) starts[next] = (starts[next] ?? 0) + 1
    }
  }
  for (let of = 0; of < series; of += 1) starts[of + 1] = (starts[of + 1] ?? 0) + (starts[of] ?? 0)
  const free = starts.slice()
  const rows = starts[series] ?? 0
  const columns = { at: new Float64Array(rows), value: new Float64Array(rows), starts, ties: new Map<number, number>() }
  for (const { series: of, at, value, length, ties } of pieces) {
    for (let row = 0; row < length; row += 1) {
      const one = of[row] ?? 0
      if (one < 0) continue
      const place = free[one] ?? 0
      free[one] = place + 1
      columns.at[place] = at[row] ?? 0
      columns.value[place] = value[row] ?? 0
      const back = ties.size === 0 ? undefined : ties.get(row)
      if (back !== undefined) columns.ties.set(place, back)
    }
  }
  return columns
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

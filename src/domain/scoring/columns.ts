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
  rows(): number
  readonly pieces: readonly Piece[]
  /** As in the columns, by the order in which the rows came. */
  readonly ties: ReadonlyMap<number, number>
}

/** What grows piece by piece is never copied. */
type Piece = { readonly series: Int32Array; readonly at: Float64Array; readonly value: Float64Array }

const PIECE = 16_384

/** A few signals, roughly so many, need no more room than they take. */
export function gatherSignals(expected = PIECE): Gathering {
  const pieceRows = Math.max(1, Math.min(expected, PIECE))
  const ties = new Map<number, number>()
  const pieces: Piece[] = []
  let piece = emptyPiece(0)
  let size = 0
  let lastSeries = -1
  let lastAt = 0
  let bestRank = 0
  let back = 0
  const rows = () => Math.max(0, pieces.length - 1) * pieceRows + size
  return {
    rows,
    pieces,
    ties,
    add(series, at, value, rank) {
      if (size === piece.at.length) {
        piece = emptyPiece(pieceRows)
        pieces.push(piece)
        size = 0
      }
      piece.series[size] = series
      piece.at[size] = at
      piece.value[size] = value
      size += 1
      if (at === lastAt && series === lastSeries && rank < bestRank) {
        back += 1
        ties.set(rows() - 1, back)
        return
      }
      lastSeries = series
      lastAt = at
      bestRank = rank
      back = 0
    },
  }
}

function emptyPiece(rows: number): Piece {
  return { series: new Int32Array(rows), at: new Float64Array(rows), value: new Float64Array(rows) }
}

/** Lays the rows of each series together. What was gathered in an earlier part lies before what came later. */
export function inColumns(series: number, parts: readonly Gathering[]): SeriesColumns {
  const starts = new Uint32Array(series + 1)
  for (const part of parts) {
    eachPiece(part, ({ series: of }, _, size) => {
      for (let row = 0; row < size; row += 1) {
        const next = (of[row] ?? 0) + 1
        starts[next] = (starts[next] ?? 0) + 1
      }
    })
  }
  for (let of = 0; of < series; of += 1) starts[of + 1] = (starts[of + 1] ?? 0) + (starts[of] ?? 0)
  const free = starts.slice()
  const rows = starts[series] ?? 0
  const columns = { at: new Float64Array(rows), value: new Float64Array(rows), starts, ties: new Map<number, number>() }
  for (const part of parts) {
    eachPiece(part, (piece, before, size) => {
      for (let row = 0; row < size; row += 1) {
        const of = piece.series[row] ?? 0
        const place = free[of] ?? 0
        free[of] = place + 1
        columns.at[place] = piece.at[row] ?? 0
        columns.value[place] = piece.value[row] ?? 0
        const back = part.ties.size === 0 ? undefined : part.ties.get(before + row)
        if (back !== undefined) columns.ties.set(place, back)
      }
    })
  }
  return columns
}

function eachPiece(part: Gathering, visit: (piece: Piece, before: number, size: number) => void): void {
  let before = 0
  for (const piece of part.pieces) {
    visit(piece, before, Math.min(piece.at.length, part.rows() - before))
    before += piece.at.length
  }
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

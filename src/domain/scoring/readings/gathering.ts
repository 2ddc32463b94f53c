import type { Instant } from '../../time/instant.ts'
import type { SeriesColumns } from './columns.ts'

/** Signals on their way into columns, as they come: of each series in order of time, then of their ids. */
export type Gathering = {
  /** `rank` orders ids as src/domain/sources/signal-tie.ts does; of equal ranks the later one is the newest. */
  add(series: number, at: Instant, value: number, rank: number): void
  /** The same for many rows of equal ranks; those of series -1 are left out. */
  addAll(rows: Rows): void
  rows(): number
  /** Forgets all rows, and keeps the memory. */
  clear(): void
  readonly pieces: readonly Piece[]
}

/** Rows in runs, one after the other: of each run its series, and how many rows it has. */
export type Rows = {
  readonly series: Int32Array
  readonly count: Int32Array
  readonly at: Float64Array
  readonly value: Float64Array
}

/** What grows piece by piece is never copied. */
type Piece = Rows & {
  runs: number
  length: number
  /** As in the columns, by the place in the piece. */
  readonly ties: Map<number, number>
}

const PIECE = 16_384

/** Roughly how many signals to allocate for at first. */
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
  /** Makes sure that the piece has room for this many more rows, or starts another. */
  const reserve = (more: number) => {
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
      reserve(1)
      const place = piece.length
      piece.at[place] = at
      piece.value[place] = value
      piece.length += 1
      rows += 1
      const run = piece.runs - 1
      if (run >= 0 && piece.series[run] === series) piece.count[run] = (piece.count[run] ?? 0) + 1
      else beginRun(piece, series)
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
    addAll({ series, count, at, value }) {
      reserve(at.length)
      piece.series.set(series, piece.runs)
      piece.count.set(count, piece.runs)
      piece.at.set(at, piece.length)
      piece.value.set(value, piece.length)
      piece.runs += series.length
      piece.length += at.length
      for (let run = 0; run < series.length; run += 1) if ((series[run] ?? 0) >= 0) rows += count[run] ?? 0
      lastSeries = -1
    },
    clear() {
      for (const used of pieces) {
        used.runs = 0
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
    // A row may be a run of its own.
    series: new Int32Array(rows),
    count: new Int32Array(rows),
    at: new Float64Array(rows),
    value: new Float64Array(rows),
    runs: 0,
    length: 0,
    ties: new Map(),
  }
}

function beginRun(piece: Piece, series: number): void {
  piece.series[piece.runs] = series
  piece.count[piece.runs] = 1
  piece.runs += 1
}

/** Memory for columns, reused for the next ones: allocating anew each time would trigger full garbage collections. */
export type ColumnBuffers = { at: Float64Array; value: Float64Array }

export function columnBuffers(rows = 0): ColumnBuffers {
  return { at: new Float64Array(rows), value: new Float64Array(rows) }
}

/** Lays the rows of each series together. What was gathered in an earlier part lies before what came later. */
export function inColumns(series: number, parts: readonly Gathering[], buffers = columnBuffers()): SeriesColumns {
  const pieces = parts.flatMap(part => part.pieces)
  const starts = new Uint32Array(series + 1)
  for (const { series: of, count, runs } of pieces) {
    for (let run = 0; run < runs; run += 1) {
      const next = (of[run] ?? 0) + 1
      if (next > 0) starts[next] = (starts[next] ?? 0) + (count[run] ?? 0)
    }
  }
  for (let of = 0; of < series; of += 1) starts[of + 1] = (starts[of + 1] ?? 0) + (starts[of] ?? 0)
  const free = starts.slice()
  const rows = starts[series] ?? 0
  if (buffers.at.length < rows) Object.assign(buffers, columnBuffers(Math.ceil(1.1 * rows)))
  const [at, value] = [buffers.at.subarray(0, rows), buffers.value.subarray(0, rows)]
  const columns = { at, value, starts, ties: new Map<number, number>() }
  for (const piece of pieces) layPiece(piece, free, columns)
  return columns
}

/** `free` is where the next row of each series goes. */
function layPiece(
  piece: Piece,
  free: Uint32Array,
  columns: SeriesColumns & { readonly ties: Map<number, number> },
): void {
  const { series, count, at, value, runs, ties } = piece
  let row = 0
  for (let run = 0; run < runs; run += 1) {
    const stop = row + (count[run] ?? 0)
    const of = series[run] ?? 0
    let place = free[of] ?? 0
    if (of >= 0) free[of] = place + stop - row
    else row = stop
    for (; row < stop; row += 1) {
      columns.at[place] = at[row] ?? 0
      columns.value[place] = value[row] ?? 0
      const back = ties.size === 0 ? undefined : ties.get(row)
      if (back !== undefined) columns.ties.set(place, back)
      place += 1
    }
  }
}

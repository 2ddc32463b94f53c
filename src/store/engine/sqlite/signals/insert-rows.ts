import type Sqlite from 'better-sqlite3'
import { endOfWeek, type SignalColumns } from '../../signals/signal-columns.ts'

/** Rows per statement: half as fast again as one by one when they are sorted. */
const SOME = 25

/** Rows per statement if they share most of their columns: a third faster, since fewer values are passed. */
const ALIKE = 100

export const INTO = 'insert into signals (week, account, metric, time_in_week, id, value, delay, source)'

/** Inserts rows that come in key order, chunk by chunk; rows that exist stay as they are. */
export function prepareInserts(sqlite: Sqlite.Database) {
  // Passing arguments takes two thirds of the time of passing an array.
  const insertSome = sqlite.prepare<Cells>(`${INTO} values ${many(SOME, 8)} on conflict do nothing`)
  const insertAlike = sqlite.prepare<Cells>(
    `${INTO} select ?, column1, column2, column3, ?, column4, ? - ? * column3, ? from (values ${many(ALIKE, 4)})
      where true on conflict do nothing`,
  )
  const [someCells, alikeCells]: [Cells, Cells] = [[], []]
  return {
    /** Where the chunk that begins here ends. */
    endOfChunk(rows: SignalColumns, start: number): number {
      const end = endOfAlike(rows, start)
      return end === start + ALIKE ? end : endOfWeek(rows, start, SOME)
    },
    /**
     * Inserts a chunk, and returns how many of its rows were new. A chunk that is too small for a statement is not
     * written.
     */
    insertChunk(rows: SignalColumns, start: number, end: number): number {
      if (end - start === ALIKE) {
        fillAlike(alikeCells, rows, start)
        return insertAlike.run(...alikeCells).changes
      }
      if (end - start < SOME) return 0
      fillSome(someCells, rows, start)
      return insertSome.run(...someCells).changes
    },
  }
}

type Cells = (string | number)[]

function many(rows: number, width: number): string {
  const row = `(${Array.from({ length: width }, () => '?').join()})`
  return Array.from({ length: rows }, () => row).join()
}

/** Where the rows end that have the same week, id and source, and the same time of receipt or the same delay. */
function endOfAlike({ length, week, id, source, time, delay }: SignalColumns, start: number): number {
  const slope = slopeAt(delay, start)
  const receivedAt = (at: number) => (delay[at] ?? 0) + slope * (time[at] ?? 0)
  const received = receivedAt(start)
  let end = start + 1
  while (
    end < length &&
    end < start + ALIKE &&
    week[end] === week[start] &&
    id[end] === id[start] &&
    source[end] === source[start] &&
    receivedAt(end) === received
  ) {
    end += 1
  }
  return end
}

/** 0 for rows with the same delay, 1 for rows with the same time of receipt. */
function slopeAt(delay: Float64Array, start: number): number {
  return delay[start] === delay[start + 1] ? 0 : 1
}

function fillSome(cells: Cells, columns: SignalColumns, start: number): void {
  const { week, account, metric, time, id, value, delay, source } = columns
  for (let row = start, at = 0; row < start + SOME; row += 1) {
    cells[at++] = week[row] ?? 0
    cells[at++] = account[row] ?? 0
    cells[at++] = metric[row] ?? 0
    cells[at++] = time[row] ?? 0
    cells[at++] = id[row] ?? ''
    cells[at++] = value[row] ?? 0
    cells[at++] = delay[row] ?? 0
    cells[at++] = source[row] ?? 0
  }
}

function fillAlike(cells: Cells, columns: SignalColumns, start: number): void {
  const { week, account, metric, time, id, value, delay, source } = columns
  const slope = slopeAt(delay, start)
  cells[0] = week[start] ?? 0
  cells[1] = id[start] ?? ''
  cells[2] = (delay[start] ?? 0) + slope * (time[start] ?? 0)
  cells[3] = slope
  cells[4] = source[start] ?? 0
  for (let row = start, at = 5; row < start + ALIKE; row += 1) {
    cells[at++] = account[row] ?? 0
    cells[at++] = metric[row] ?? 0
    cells[at++] = time[row] ?? 0
    cells[at++] = value[row] ?? 0
  }
}

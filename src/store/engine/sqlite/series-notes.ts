import { emptySpans, mergeSpans, type Spans } from '../series-spans.ts'
import type { Statements } from './signal-statements.ts'

/**
 * The series of one file: each is written when it is met first, and what later rows add once, at the end. A file that
 * breaks off leaves first and newest instants behind that are too narrow; the same file again widens them.
 */
export type SeriesNotes = {
  /** Gives those that were not met before. */
  add(spans: Spans): Spans
  /** Some of those that grew since they were met first; each once. */
  takeGrown(most: number): Spans
}

export function openSeriesNotes(): SeriesNotes {
  let [known, taken] = [emptySpans(0), 0]
  return {
    add(spans) {
      const { merged, added } = mergeSpans(known, spans)
      known = merged
      return added
    },
    takeGrown(most) {
      const some = emptySpans(most)
      for (; taken < known.length && some.length < most; taken += 1) {
        if (known.isGrown[taken] !== 1) continue
        for (const column of ['account', 'metric', 'first', 'newest'] as const) {
          some[column][some.length] = known[column][taken] ?? 0
        }
        some.length += 1
      }
      return some
    },
  }
}

export function writeSeries(statements: Statements, spans: Spans): void {
  const cells = new Array<number>(spans.length * 4)
  for (let at = 0; at < spans.length; at += 1) {
    cells[at * 4] = spans.account[at] ?? 0
    cells[at * 4 + 1] = spans.metric[at] ?? 0
    cells[at * 4 + 2] = spans.first[at] ?? 0
    cells[at * 4 + 3] = spans.newest[at] ?? 0
  }
  statements.noteNewest(cells)
  statements.noteFirst(cells)
}

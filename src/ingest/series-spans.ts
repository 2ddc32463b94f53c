import type { Places } from '../store/engine/batch-order.ts'
import { addToSpans, emptySpans, mergeSpans } from '../store/engine/series-spans.ts'
import type { SignalBatch } from '../store/engine/signal-batch.ts'
import { WEEK } from '../store/engine/week.ts'

/** More would take more memory than counting on the disk. */
const MOST = 1_000_000

/** Knows of files that come in some order that none of their rows stands at the time of a row far before it. */
export function openSpans() {
  let known = emptySpans(0)
  return {
    /** Adds rows, in the order of series. False where one may stand at the time of an earlier one: nothing was added then. */
    add({ account, metric, week, time }: SignalBatch, rows: Places): boolean {
      const spans = emptySpans(rows.length)
      for (let at = 0; at < rows.length; at += 1) {
        const row = rows[at] ?? 0
        addToSpans(spans, account[row] ?? 0, metric[row] ?? 0, (week[row] ?? 0) * WEEK + (time[row] ?? 0))
      }
      const { merged, isOverlapping } = mergeSpans(known, spans)
      if (isOverlapping || merged.length > MOST) return false
      known = merged
      return true
    },
  }
}

import type { Places } from '../store/engine/signals/batch-order.ts'
import { compareSpans, emptySpans, mergeSpans, spansOf } from '../store/engine/signals/series-spans.ts'
import type { SignalBatch } from '../store/engine/signals/signal-batch.ts'

/** More would take more memory than counting on the disk. */
const MOST = 1_000_000

/** Knows of files that come in some order that none of their rows stands at the time of a row far before it. */
export function openSpans() {
  let known = emptySpans(0)
  return {
    /** Adds rows, in the order of series. False where one may stand at the time of an earlier one: nothing was added then. */
    add(batch: SignalBatch, rows: Places): boolean {
      const spans = spansOf(batch, rows)
      const { series, isOverlapping } = compareSpans(known, spans)
      if (isOverlapping || series > MOST) return false
      known = mergeSpans(known, spans, series)
      return true
    },
  }
}

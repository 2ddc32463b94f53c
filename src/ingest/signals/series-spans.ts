import type { Places } from '../../store/engine/signals/batch-order.ts'
import { compareSpans, emptySpans, mergeSpans, spansOf } from '../../store/engine/signals/series-spans.ts'
import type { SignalBatch } from '../../store/engine/signals/signal-batch.ts'

/** More would take more memory than counting on disk. */
const MOST = 1_000_000

/** For files in some order: tracks the spans of their series, to know that no row can repeat the time of a much earlier one. */
export function openSpans() {
  let known = emptySpans(0)
  return {
    /** Adds rows, in the order of series. False, and adds nothing, if one may repeat the time of an earlier one. */
    add(batch: SignalBatch, rows: Places): boolean {
      const spans = spansOf(batch, rows)
      const { series, isOverlapping } = compareSpans(known, spans)
      if (isOverlapping || series > MOST) return false
      known = mergeSpans(known, spans, series)
      return true
    },
  }
}

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { placesOf } from '../../src/store/engine/signals/batch-order.ts'
import {
  compareSpans,
  emptySpans,
  mergeSpans,
  type Spans,
  spansOf,
} from '../../src/store/engine/signals/series-spans.ts'

type Row = { readonly account: number; readonly metric: number; readonly time: number }

const rows = fc.array(fc.record({ account: fc.nat(4), metric: fc.nat(2), time: fc.nat(20) }), { maxLength: 12 })

function spansOfRows(rows: readonly Row[]): Spans {
  const sorted = rows.toSorted((a, b) => a.account - b.account || a.metric - b.metric || a.time - b.time)
  const columns = {
    account: Int32Array.from(sorted, ({ account }) => account),
    metric: Int32Array.from(sorted, ({ metric }) => metric),
    week: new Int32Array(sorted.length),
    time: Int32Array.from(sorted, ({ time }) => time),
  }
  return spansOf(columns, placesOf({ length: sorted.length }))
}

const listed = ({ length, account, metric, first, newest }: Spans) =>
  Array.from({ length }, (_, at) => [account[at], metric[at], first[at], newest[at]])

it('the spans of batches, one after the other, are the spans of all of their rows', () => {
  fc.assert(
    fc.property(fc.array(rows, { maxLength: 6 }), batches => {
      let known = emptySpans(0)
      for (const batch of batches) {
        const spans = spansOfRows(batch)
        known = mergeSpans(known, spans, compareSpans(known, spans).series)
      }

      expect(listed(known)).toEqual(listed(spansOfRows(batches.flat())))
    }),
  )
})

it('two overlap where a series of both has a time from the first to the newest of the other', () => {
  const timesOf = (all: readonly Row[], { account, metric }: Row) =>
    all.filter(row => row.account === account && row.metric === metric).map(({ time }) => time)
  fc.assert(
    fc.property(rows, rows, (a, b) => {
      const isOverlapping = a.some(row => {
        const [mine, others] = [timesOf(a, row), timesOf(b, row)]
        return Math.min(...others) <= Math.max(...mine) && Math.min(...mine) <= Math.max(...others)
      })

      expect(compareSpans(spansOfRows(a), spansOfRows(b)).isOverlapping).toBe(isOverlapping)
    }),
  )
})

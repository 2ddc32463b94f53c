import { type Places, placesOf } from '../../store/engine/signals/batch-order.ts'
import type { Occurrences, SignalPlaces } from '../../store/sources/occurrences.ts'

/** Keeps the account, metric and time of up to `most` rows: far cheaper than counting them, which few requests need. */
export function keptPlaces(most: number) {
  const parts: (SignalPlaces & { readonly length: number })[] = []
  let count = 0
  return {
    /** Returns false, and keeps nothing, if there are too many. */
    add({ account, metric, week, time }: SignalPlaces, rows: Places): boolean {
      count += rows.length
      if (count > most) return false
      const { length } = rows
      const [accounts, metrics] = [valuesAt(account, rows), valuesAt(metric, rows)]
      parts.push({ length, account: accounts, metric: metrics, week: valuesAt(week, rows), time: valuesAt(time, rows) })
      return true
    },
    /** Counts them, and forgets them. */
    countIn(occurrences: Occurrences): void {
      for (const part of parts.splice(0)) occurrences.count(part, placesOf(part))
    },
  }
}

function valuesAt(column: Int32Array, rows: Places): Int32Array<ArrayBuffer> {
  const values = new Int32Array(rows.length)
  for (let at = 0; at < rows.length; at += 1) values[at] = column[rows[at] ?? 0] ?? 0
  return values
}

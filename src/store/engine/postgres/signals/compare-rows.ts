import type { Counts } from '../../engine.ts'
import type { Places } from '../../signals/batch-order.ts'
import { isSameIdentity, rowAt, type SignalColumns } from '../../signals/signal-columns.ts'
import type { SignalRow, Version } from '../../signals/signal-row.ts'
import { putLater, type WriteOptions } from '../../signals/write-options.ts'

/** What to write of rows, apart from those that were added as new. */
export type Changes = {
  readonly counts: Counts
  /** The rows that say something new. */
  readonly isNews: Uint8Array
  readonly replaced: readonly SignalRow[]
  /** What they replace. */
  readonly earlier: readonly SignalRow[]
}

/** The first row of each identity; rows lie in the order of the key. */
export function firstsOf(rows: SignalColumns): Places {
  const firsts = new Uint32Array(rows.length)
  let count = 0
  for (let at = 0; at < rows.length; at += 1) if (at === 0 || !isSameIdentity(rows, at, at - 1)) firsts[count++] = at
  return firsts.subarray(0, count)
}

/**
 * Compares rows with what is stored of their identity, by the place of its first row. If nothing is stored, the first
 * row was added. Rows between the first and the last of an identity do not count: nobody could see them.
 */
export function compareRows(
  rows: SignalColumns,
  firsts: Places,
  stored: ReadonlyMap<number, Version>,
  how: WriteOptions,
): Changes {
  const counts = { added: 0, changed: 0, unchanged: 0 }
  const isNews = new Uint8Array(rows.length)
  const replaced: SignalRow[] = []
  const earlier: SignalRow[] = []
  for (const [at, first] of firsts.entries()) {
    const last = (firsts[at + 1] ?? rows.length) - 1
    const known = stored.get(first)
    if (known === undefined) {
      counts.added += 1
      isNews[first] = 1
      if (first === last) continue
    }
    counts.unchanged += Math.max(0, last - first - 1)
    const before: SignalRow = { ...rowAt(rows, first), ...known }
    let now = before
    for (const place of known === undefined ? [last] : first === last ? [first] : [first, last]) {
      const row = rowAt(rows, place)
      const outcome = outcomeOf(row, now, place === last, how)
      if (outcome === 'later') continue
      counts[outcome === 'lowered' ? 'changed' : outcome] += 1
      if (outcome === 'lowered') now = { ...now, delay: row.delay }
      if (outcome !== 'changed') continue
      isNews[place] = 1
      earlier.push(now)
      now = row
    }
    if (now !== before) replaced.push(now)
  }
  return { counts, isNews, replaced, earlier }
}

/** A row that waits is counted when it is written, unless another one takes its place. */
function outcomeOf(
  row: SignalRow,
  stored: Version,
  isLast: boolean,
  { isHistory, later }: WriteOptions,
): 'unchanged' | 'lowered' | 'changed' | 'later' {
  if (later?.includes(row)) return putLater(later, row)
  if (row.value === stored.value) return isHistory && row.delay < stored.delay ? 'lowered' : 'unchanged'
  if (!isLast) return 'unchanged'
  return later === undefined ? 'changed' : putLater(later, row)
}

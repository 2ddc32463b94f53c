import type { Counts } from '../../engine.ts'
import { blockOf } from '../../packs/block.ts'
import { endOfWeek, isSameIdentity, rowAt, type SignalColumns } from '../../signals/signal-columns.ts'
import type { SignalRow } from '../../signals/signal-row.ts'
import { putLater, type WriteOptions } from '../../signals/write-options.ts'
import type { Statements } from './signal-statements.ts'

/** Rows that are compared with what is stored at a time. */
const COMPARED = 1_000

/** Writes rows as part of a transaction, and marks those that are news. The caller notes the news. */
export function addRows(statements: Statements, rows: SignalColumns, how: WriteOptions, isNews: Uint8Array): Counts {
  const counts = { added: 0, changed: 0, unchanged: 0 }
  const isKnown = new Uint8Array(rows.length)
  // Most files are all new or all known, so the next rows are expected to be like the last ones.
  let areKnown = false
  for (let start = 0, end = 0; start < rows.length; start = end) {
    end = areKnown ? endOfWeek(rows, start, COMPARED) : statements.endOfChunk(rows, start)
    const added = areKnown ? 0 : statements.insertChunk(rows, start, end)
    if (added > 0) isNews.fill(1, start, end)
    counts.added += added
    if (added === end - start) continue
    const known = isAnyWaiting(how) ? 0 : statements.markKnown(rows, start, end, how.isHistory, isKnown)
    // Rows that the chunk added were found as well.
    counts.unchanged += known - added
    areKnown = known > (end - start) / 2
    for (let at = start; at < end && known < end - start; at += 1) {
      if (isKnown[at] === 1) continue
      const isFirst = at === 0 || !isSameIdentity(rows, at, at - 1)
      const isLast = at + 1 === rows.length || !isSameIdentity(rows, at, at + 1)
      const outcome = addRow(statements, { ...rowAt(rows, at), isFirst, isLast }, how)
      if (outcome === 'later') continue
      counts[outcome === 'lowered' ? 'changed' : outcome] += 1
      if (outcome === 'added' || outcome === 'changed') isNews[at] = 1
    }
  }
  dropPacks(statements, rows, isNews)
  return counts
}

/** Deletes the packs that hold what changed; rows are in the order of the key. */
function dropPacks({ dropPack }: Statements, { length, week, account }: SignalColumns, isNews: Uint8Array): void {
  let [lastWeek, lastBlock] = [Number.NaN, Number.NaN]
  for (let at = 0; at < length; at += 1) {
    const block = blockOf(account[at] ?? 0)
    if (isNews[at] !== 1 || (week[at] === lastWeek && block === lastBlock)) continue
    lastWeek = week[at] ?? 0
    lastBlock = block
    dropPack.run(lastWeek, lastBlock)
  }
}

function isAnyWaiting({ later }: WriteOptions): boolean {
  return later !== undefined && !later.isEmpty
}

/** A row, and whether it is the first or the last of its identity. */
type Placed = SignalRow & { readonly isFirst: boolean; readonly isLast: boolean }

/**
 * Versions of an identity are ordered by when they were recorded: one that differs is recorded last, whenever it was
 * received. A row that waits is counted when it is written, unless another one takes its place.
 */
function addRow(
  statements: Statements,
  row: Placed,
  { isHistory, later }: WriteOptions,
): keyof Counts | 'lowered' | 'later' {
  const { week, account, metric, time, id, value, delay, source, isFirst, isLast } = row
  // A later row of the same file replaces it before anybody could see it.
  if (!isFirst && !isLast) return 'unchanged'
  const identity = [week, account, metric, time, id] as const
  if (isFirst && statements.insert.run(...identity, value, delay, source).changes === 1) return 'added'
  const current = statements.current.get(...identity)
  if (current === undefined) return 'unchanged'
  if (later?.includes(row)) return putLater(later, row)
  if (value === current.value) {
    if (!isHistory || delay >= current.delay) return 'unchanged'
    statements.replace.run(value, delay, current.source, ...identity)
    return 'lowered'
  }
  if (!isLast) return 'unchanged'
  if (later !== undefined) return putLater(later, row)
  statements.keepCurrent.run(...identity)
  statements.replace.run(value, delay, source, ...identity)
  return 'changed'
}

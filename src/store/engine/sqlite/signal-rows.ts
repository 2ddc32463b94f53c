import type { Instant } from '../../../domain/time/instant.ts'
import type { Counts } from '../engine.ts'
import { WEEK } from '../week.ts'
import { CHUNK, fill, type SignalRow, type Statements } from './signal-statements.ts'

/** Where corrections wait until everything that was sent with them has been read. */
export type LaterRows = {
  /** Whether any of the rows has a correction that waits. */
  includesAny(rows: readonly SignalRow[]): boolean
  /** In place of an earlier one of the same identity; false when there was one. */
  put(row: SignalRow): boolean
}

export type How = { readonly isHistory: boolean; readonly later: LaterRows | undefined }

/** A row and where it stands among those of its identity. */
type Placed = SignalRow & { readonly isFirst: boolean; readonly isLast: boolean }

/** Writes rows that lie in key order, as part of a transaction, and marks the accounts that have news. */
export function addRows(statements: Statements, rows: readonly SignalRow[], how: How): Counts {
  const counts = { added: 0, changed: 0, unchanged: 0 }
  const news: SignalRow[] = []
  const isKnown = (chunk: readonly SignalRow[]) =>
    how.later?.includesAny(chunk) !== true &&
    statements.countKnown.get(statements.cells, how.isHistory ? -Infinity : Infinity) === CHUNK
  // Most files are all new or all known, so both are asked of many rows at once, first what the last ones were.
  let areKnown = false
  for (let start = 0; start < rows.length; start += CHUNK) {
    const chunk = rows.slice(start, start + CHUNK)
    const isFull = chunk.length === CHUNK
    if (isFull) fill(statements.cells, chunk)
    areKnown &&= isFull && isKnown(chunk)
    const added: number = isFull && !areKnown ? statements.insertMany.run(statements.cells).changes : 0
    if (added > 0) news.push(...chunk)
    counts.added += added
    // Those that came in with the chunk will meet themselves.
    counts.unchanged -= added
    areKnown ||= isFull && added < CHUNK && isKnown(chunk)
    if (areKnown || added === CHUNK) {
      counts.unchanged += CHUNK
      continue
    }
    for (const [at, row] of chunk.entries()) {
      const [before, next] = [rows[start + at - 1], rows[start + at + 1]]
      const placed = { ...row, isFirst: !isSame(row, before), isLast: !isSame(row, next) }
      const outcome = addRow(statements, placed, how)
      if (outcome === 'later') continue
      counts[outcome === 'lowered' ? 'changed' : outcome] += 1
      if (outcome === 'added' || outcome === 'changed') news.push(row)
    }
  }
  noteSeries(statements, news)
  for (const account of new Set(news.map(({ account }) => account))) statements.markDue.run(account)
  return counts
}

function isSame(a: SignalRow, b: SignalRow | undefined): boolean {
  if (b === undefined) return false
  return a.account === b.account && a.metric === b.metric && a.week === b.week && a.time === b.time && a.id === b.id
}

/**
 * Versions of an identity are ordered by when they were recorded: one that differs is recorded last, whenever it was
 * received. A row that waits is counted when it is written, unless another one takes its place.
 */
function addRow(statements: Statements, row: Placed, { isHistory, later }: How): keyof Counts | 'lowered' | 'later' {
  const { week, account, metric, time, id, value, delay, source, isFirst, isLast } = row
  // No instant sees what a later row of the same file says otherwise.
  if (!isFirst && !isLast) return 'unchanged'
  const identity = [week, account, metric, time, id] as const
  if (isFirst && statements.insert.run(...identity, value, delay, source).changes === 1) return 'added'
  const current = statements.current.get(...identity)
  if (current === undefined) return 'unchanged'
  if (later?.includesAny([row])) return putLater(later, row)
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

/** The row whose place is taken changes nothing. */
function putLater(later: LaterRows, row: SignalRow): 'later' | 'unchanged' {
  return later.put(row) ? 'later' : 'unchanged'
}

type Span = { readonly account: number; readonly metric: number; readonly first: Instant; newest: Instant }

/** Rows come in key order: the first of a series is its oldest, the last its newest. */
function noteSeries(statements: Statements, rows: readonly SignalRow[]): void {
  const spans = new Map<number, Map<number, Span>>()
  for (const { week, account, metric, time } of rows) {
    const at = week * WEEK + time
    const ofAccount = spans.get(account) ?? new Map<number, Span>()
    const span = ofAccount.get(metric)
    if (span !== undefined) span.newest = at
    else spans.set(account, ofAccount.set(metric, { account, metric, first: at, newest: at }))
  }
  for (const ofAccount of spans.values()) {
    for (const { account, metric, first, newest } of ofAccount.values()) {
      statements.noteSeries.run(account, metric, first, newest)
    }
  }
}

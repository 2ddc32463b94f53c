import type { Signal } from '../domain/signal.ts'
import type { Connection } from './database.ts'
import { keyOf } from './dictionaries.ts'
import { CHUNK, fill, type Row, type Statements, statementsOf } from './signal-statements.ts'
import { withVersion } from './signal-version.ts'
import { weekOf } from './week.ts'

/** A signal of the account with this key. */
export type NewSignal = Signal & { readonly account: number }

/** What became of rows that were saved. */
export type Counts = { readonly added: number; readonly changed: number; readonly unchanged: number }

/** More would keep other writers waiting for longer than 100 ms. */
export const SIGNALS_PER_TRANSACTION = 10_000

/**
 * Adds signals when nobody else is in the middle of a transaction on this connection, in one of their own: once it
 * resolves they are on the disk. At most SIGNALS_PER_TRANSACTION at a time.
 */
export function saveSignals(connection: Connection, signals: readonly NewSignal[]): Promise<Counts> {
  return connection.db.connection().execute(async () => addSignals(connection, signals))
}

/**
 * Adds signals, all or none, as part of the transaction that is open on this connection, else in one of their own.
 * The same identity with another value is a correction. Rows of one identity apply in the order given.
 */
export function addSignals({ sqlite }: Connection, signals: readonly NewSignal[]): Counts {
  const rows = inKeyOrder(signals).map(
    ({ account, metric, observedAt, id, value, receivedAt, source }): Row => ({
      week: weekOf(observedAt),
      account,
      metric: keyOf(sqlite, 'metrics', metric),
      observedAt,
      id,
      value,
      receivedAt,
      source: keyOf(sqlite, 'sources', source ?? ''),
      lastWord: value,
    }),
  )
  noteLastWords(rows)
  const statements = statementsOf(sqlite)
  return sqlite.transaction(() => addRows(statements, rows)).immediate()
}

/** Sorted as they will lie in the database: writing them so is several times faster. */
export function inKeyOrder<T extends NewSignal>(signals: readonly T[]): T[] {
  return signals.toSorted(
    (a, b) =>
      weekOf(a.observedAt) - weekOf(b.observedAt) ||
      a.account - b.account ||
      compare(a.metric, b.metric) ||
      a.observedAt - b.observedAt ||
      compare(a.id, b.id),
  )
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

/** Of an identity that stands several times in a batch, the last row says where it ends. */
function noteLastWords(rows: readonly Row[]): void {
  let next: Row | undefined
  for (const row of rows.toReversed()) {
    if (next !== undefined && isSameVersion(row, next)) row.lastWord = next.lastWord
    next = row
  }
}

function isSameVersion(a: Row, b: Row): boolean {
  const isSameSeries = a.account === b.account && a.metric === b.metric
  return isSameSeries && a.observedAt === b.observedAt && a.id === b.id && a.receivedAt === b.receivedAt
}

function addRows(statements: Statements, rows: readonly Row[]): Counts {
  const counts = { added: 0, changed: 0, unchanged: 0 }
  const news: Row[] = []
  // Most files are all new or all known, so both are asked of many rows at once, first what the last ones were.
  let areKnown = false
  for (let start = 0; start < rows.length; start += CHUNK) {
    const chunk = rows.slice(start, start + CHUNK)
    const isFull = chunk.length === CHUNK
    if (isFull) fill(statements.cells, chunk)
    areKnown &&= isFull && statements.countEqual.get(statements.cells) === CHUNK
    const added: number = isFull && !areKnown ? statements.insertMany.run(statements.cells).changes : 0
    if (added > 0) news.push(...chunk)
    counts.added += added
    // Those that came in with the chunk will meet themselves.
    counts.unchanged -= added
    areKnown ||= isFull && added < CHUNK && statements.countEqual.get(statements.cells) === CHUNK
    if (areKnown || added === CHUNK) {
      counts.unchanged += CHUNK
      continue
    }
    for (const row of chunk) {
      const outcome = addRow(statements, row)
      counts[outcome] += 1
      if (outcome !== 'unchanged') news.push(row)
    }
  }
  noteFirsts(statements, news)
  for (const account of new Set(news.map(({ account }) => account))) statements.markDue.run(account)
  return counts
}

/**
 * Versions of an identity are told apart by when they were received: one per instant, since of two at the same
 * instant no known-at could ever see the first. A row that was received before the current version (history imported
 * after the fact) takes its place among the earlier ones.
 */
function addRow(statements: Statements, row: Row): keyof Counts {
  const { week, account, metric, observedAt, id, value, receivedAt, source, lastWord } = row
  if (statements.insert.run(week, account, metric, observedAt, id, value, receivedAt, source).changes === 1)
    return 'added'
  const current = statements.current.get(week, account, metric, observedAt, id)
  if (current === undefined || value === current.value) return 'unchanged'
  // A batch that ends where the identity stands changes nothing, whatever it said in between.
  if (lastWord === current.value && receivedAt >= current.receivedAt) return 'unchanged'
  const identity = [account, metric, observedAt, id] as const
  if (receivedAt > current.receivedAt) {
    statements.keepVersion.run(...identity, current.value, current.receivedAt, current.source)
    statements.replace.run(value, receivedAt, source, week, ...identity)
    return 'changed'
  }
  const before = [...statements.versions.all(...identity), current]
  const after = withVersion(before, { value, receivedAt, source })
  if (after === before) return 'unchanged'
  const newest = after.at(-1) ?? current
  statements.forgetVersions.run(...identity)
  for (const old of after.slice(0, -1)) statements.keepVersion.run(...identity, old.value, old.receivedAt, old.source)
  statements.replace.run(newest.value, newest.receivedAt, newest.source, week, ...identity)
  return 'changed'
}

/** In key order the first row of each series and week is its oldest. */
function noteFirsts(statements: Statements, rows: readonly Row[]): void {
  let last: Row | undefined
  for (const row of rows) {
    const isSameSeries = row.account === last?.account && row.metric === last.metric && row.week === last.week
    if (!isSameSeries) statements.noteFirst.run(row.account, row.metric, row.observedAt)
    last = row
  }
}

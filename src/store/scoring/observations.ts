import { type AttributeValue, attributesOf, type ObservedAccount } from '../../domain/accounts/account.ts'
import { type History, historyOf, type Window } from '../../domain/scoring/window.ts'
import { type Signal, signalsAsOf } from '../../domain/sources/signal.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Connection } from '../engine/sqlite/database.ts'
import { weekOf } from '../engine/sqlite/week.ts'
import { type KeyRange, scanWindows } from '../engine/sqlite/window-scan.ts'
import { connections } from './metric-connections.ts'

/**
 * Everything scoring may know about one account up to an instant, its signals read one by one; with `knownAt` only what
 * had been received by then.
 */
export function observeAccount(
  connection: Connection,
  account: number,
  until: Instant,
  knownAt: Instant = Infinity,
): ObservedAccount {
  const current = readSignals(connection, account, until)
  const signals =
    knownAt === Infinity
      ? current
      : signalsAsOf([...readEarlierVersions(connection, account, until), ...current], until, knownAt)
  const attributes = readAttributes(connection, { first: account, last: account }).get(account)
  return {
    history: historyOf(signals, connections(connection, knownAt)),
    attribute: attributesOf(attributes ?? new Map(), knownAt),
  }
}

/**
 * The same for a range of accounts, from one pass over the windows that are foreseen. What turns out to be needed
 * beyond them, a condition held for days, is read for that account alone.
 */
export function observeAccounts(
  connection: Connection,
  accounts: KeyRange,
  windows: readonly Window[],
  until: Instant,
): (account: number) => ObservedAccount {
  const summaryOf = scanWindows(connection, accounts, windows)
  const firsts = readFirsts(connection, accounts)
  const connectedAt = connections(connection)
  const attributes = readAttributes(connection, accounts)
  return account => {
    let whole: History | undefined
    const everything = () => {
      whole ??= historyOf(readSignals(connection, account, until), connectedAt)
      return whole
    }
    return {
      attribute: attributesOf(attributes.get(account) ?? new Map()),
      history: {
        summary: window => summaryOf(account, window) ?? everything().summary(window),
        firstAt: metric => firsts.get(account)?.get(metric),
        connectedAt,
        newestAt: () => undefined,
      },
    }
  }
}

/** Metric, value, observed at, received at, id, source: bare, since an object with its names is dearer than its row. */
type SignalRow = [number, number, number, number, string, number]

/** An account's current signals up to an instant: one seek for each week since its first. */
export function readSignals(connection: Connection, account: number, until: Instant): Signal[] {
  const { sqlite } = connection
  const first = firstSignalOrNone(connection, account)
  const newest = sqlite.prepare<[], number | null>('SELECT max(week) FROM signals').pluck().get()
  if (first === undefined || newest == null) return []
  const ofWeek = sqlite
    .prepare<[number, number, number], SignalRow>(
      `SELECT metric, value, observed_at, received_at, id, source
       FROM signals WHERE week = ? AND account = ? AND observed_at <= ?`,
    )
    .raw()
  const weeks = Math.min(weekOf(until), newest) - weekOf(first) + 1
  return Array.from({ length: Math.max(0, weeks) }, (_, week) => weekOf(first) + week)
    .flatMap(week => ofWeek.all(week, account, until))
    .map(signalWith(connection))
}

/** When anything was first observed of an account. */
export function firstSignalOrNone({ sqlite }: Connection, account: number): Instant | undefined {
  const first = sqlite.prepare<[number], number | null>('SELECT min(first_at) FROM series WHERE account = ?').pluck()
  return first.get(account) ?? undefined
}

/** What later corrections replaced. */
function readEarlierVersions(connection: Connection, account: number, until: Instant): Signal[] {
  return connection.sqlite
    .prepare<[number, number], SignalRow>(
      `SELECT metric, value, observed_at, received_at, id, source
       FROM signal_versions WHERE account = ? AND observed_at <= ? ORDER BY version`,
    )
    .raw()
    .all(account, until)
    .map(signalWith(connection))
}

/** Makes signals of rows; each name is asked for once. */
function signalWith(connection: Connection): (row: SignalRow) => Signal {
  const metricOf = namesIn(connection, 'metrics')
  const sourceOf = namesIn(connection, 'sources')
  return ([metric, value, observedAt, receivedAt, id, source]) => {
    return { metric: metricOf(metric), value, observedAt, receivedAt, id, source: sourceOf(source) }
  }
}

function namesIn({ sqlite }: Connection, table: 'metrics' | 'sources'): (key: number) => string {
  const known = new Map<number, string>()
  const find = sqlite.prepare<[number], string>(`SELECT name FROM ${table} WHERE key = ?`).pluck()
  return key => {
    const name = known.get(key) ?? find.get(key) ?? ''
    known.set(key, name)
    return name
  }
}

function readFirsts({ sqlite }: Connection, { first, last }: KeyRange): Map<number, Map<string, Instant>> {
  const rows = sqlite
    .prepare<[number, number], { account: number; metric: string; first_at: number }>(
      `SELECT account, metrics.name AS metric, first_at FROM series JOIN metrics ON metrics.key = series.metric
       WHERE account BETWEEN ? AND ?`,
    )
    .all(first, last)
  const firsts = new Map<number, Map<string, Instant>>()
  for (const { account, metric, first_at } of rows) entryOf(firsts, account).set(metric, first_at)
  return firsts
}

function readAttributes(
  { sqlite }: Connection,
  { first, last }: KeyRange,
): Map<number, Map<string, readonly AttributeValue[]>> {
  const rows = sqlite
    .prepare<[number, number], { account: number; attribute: string; known_from: number; value: string | null }>(
      `SELECT account, attribute, known_from, value FROM account_attributes
       WHERE account BETWEEN ? AND ? ORDER BY account, attribute, known_from`,
    )
    .all(first, last)
  const attributes = new Map<number, Map<string, readonly AttributeValue[]>>()
  for (const { account, attribute, known_from, value } of rows) {
    const ofAccount = entryOf(attributes, account)
    const entry = { from: known_from, value: value ?? undefined }
    ofAccount.set(attribute, [...(ofAccount.get(attribute) ?? []), entry])
  }
  return attributes
}

function entryOf<K, V>(map: Map<number, Map<K, V>>, key: number): Map<K, V> {
  const found = map.get(key) ?? new Map<K, V>()
  map.set(key, found)
  return found
}

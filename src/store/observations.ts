import { type AttributeValue, attributesOf, type ObservedAccount } from '../domain/account.ts'
import type { Instant } from '../domain/instant.ts'
import { type Signal, signalsAsOf } from '../domain/signal.ts'
import { type History, historyOf, type Window } from '../domain/window.ts'
import type { Connection } from './database.ts'
import { weekOf } from './week.ts'
import { type KeyRange, scanWindows } from './window-scan.ts'

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
  const signals = readSignals(connection, account, until)
  const earlier = knownAt === Infinity ? [] : readEarlierVersions(connection, account, until)
  const attributes = readAttributes(connection, { first: account, last: account }).get(account)
  return {
    history: historyOf(signalsAsOf([...earlier, ...signals], until, knownAt)),
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
  const attributes = readAttributes(connection, accounts)
  return account => {
    let whole: History | undefined
    const everything = () => {
      whole ??= historyOf(signalsAsOf(readSignals(connection, account, until), until))
      return whole
    }
    return {
      attribute: attributesOf(attributes.get(account) ?? new Map()),
      history: {
        summary: window => summaryOf(account, window) ?? everything().summary(window),
        firstAt: metric => firsts.get(account)?.get(metric),
        newestAt: () => undefined,
      },
    }
  }
}

type SignalRow = {
  metric: string
  value: number
  observed_at: number
  received_at: number
  id: string
  source: string
}

/** An account's current signals up to an instant: one seek for each week since its first. */
export function readSignals(connection: Connection, account: number, until: Instant): Signal[] {
  const { sqlite } = connection
  const first = firstSignalOrNone(connection, account)
  const newest = sqlite.prepare<[], number | null>('SELECT max(week) FROM signals').pluck().get()
  if (first === undefined || newest == null) return []
  const ofWeek = sqlite.prepare<[number, number, number], SignalRow>(
    `SELECT metrics.name AS metric, value, observed_at, received_at, id, sources.name AS source
     FROM signals JOIN metrics ON metrics.key = signals.metric JOIN sources ON sources.key = signals.source
     WHERE week = ? AND account = ? AND observed_at <= ?`,
  )
  const weeks = Math.min(weekOf(until), newest) - weekOf(first) + 1
  return Array.from({ length: Math.max(0, weeks) }, (_, week) => weekOf(first) + week)
    .flatMap(week => ofWeek.all(week, account, until))
    .map(signalOf)
}

/** When anything was first observed of an account. */
export function firstSignalOrNone({ sqlite }: Connection, account: number): Instant | undefined {
  const first = sqlite.prepare<[number], number | null>('SELECT min(first_at) FROM series WHERE account = ?').pluck()
  return first.get(account) ?? undefined
}

/** What later corrections replaced. */
function readEarlierVersions({ sqlite }: Connection, account: number, until: Instant): Signal[] {
  return sqlite
    .prepare<[number, number], SignalRow>(
      `SELECT metrics.name AS metric, value, observed_at, received_at, id, sources.name AS source
       FROM signal_versions AS v JOIN metrics ON metrics.key = v.metric JOIN sources ON sources.key = v.source
       WHERE account = ? AND observed_at <= ? ORDER BY version`,
    )
    .all(account, until)
    .map(signalOf)
}

function signalOf({ observed_at, received_at, ...row }: SignalRow): Signal {
  return { ...row, observedAt: observed_at, receivedAt: received_at }
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

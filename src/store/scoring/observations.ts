import { attributesOf, type ObservedAccount } from '../../domain/accounts/account.ts'
import type { CardReach, Reach } from '../../domain/scoring/reach.ts'
import { historyInOrder } from '../../domain/scoring/readings/history-in-order.ts'
import { type History, historyOf } from '../../domain/scoring/readings/window.ts'
import { type Signal, signalsAsOf } from '../../domain/sources/signal.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { AccountKeys } from '../engine/account-keys.ts'
import type { Connection, SeriesBatch, SeriesReader } from '../engine/engine.ts'
import { BLOCK, blockOf } from '../engine/packs/block.ts'
import type { Db } from '../tables.ts'
import { type Attributes, NO_ATTRIBUTES, readAttributes, readAttributesOf } from './attributes.ts'
import { connections, listMetricsWithFirst } from './metric-connections.ts'

type Database = Pick<Connection, 'db' | 'engine'>

export type Look = {
  /** Only what had been received by then. */
  readonly knownAt?: Instant | undefined
  /** The same for all accounts: for many, one after the other, read it once and pass it. */
  readonly connectedAt?: History['connectedAt'] | undefined
  /** Leaves out signals that scoring does not look at, perhaps years of them; then a window without a start counts fewer. */
  readonly reach?: CardReach | undefined
}

/** Everything that scoring may know about one account up to an instant, with its signals read one by one. */
export async function observeAccount(
  { db, engine }: Database,
  account: number,
  until: Instant,
  { knownAt = Infinity, connectedAt, reach = WHOLE }: Look = {},
): Promise<ObservedAccount> {
  const metrics = listMetricsWithFirst(db)
  const connected = connectedAt ?? connections(db, knownAt, metrics)
  const [history, attributes] = await Promise.all([
    knownAt === Infinity ? currentHistory() : historyThen(),
    readAttributesOf(db, account),
    metrics,
  ])
  return { history, attribute: attributesOf(attributes, knownAt) }

  async function currentHistory(): Promise<History> {
    const { from, earliest } = reach
    const [rows, connectedAt, known] = await Promise.all([
      engine.signals.readObserved(db, account, { from, until }),
      connected,
      metrics,
    ])
    const keys = new Map(known.map(({ name, key }) => [name, key]))
    return historyInOrder(rows, keys, { connectedAt, earliest })
  }

  async function historyThen(): Promise<History> {
    const [earlier, current, connectedAt] = await Promise.all([
      engine.signals.readEarlierVersions(db, account, until),
      engine.signals.read(db, account, until),
      connected,
    ])
    return historyOf(signalsAsOf([...earlier, ...current], until, knownAt), connectedAt)
  }
}

const WHOLE: CardReach = { earliest: -Infinity, from: -Infinity }

export type ObservedBatch<Entry> = {
  readonly entries: readonly Entry[]
  observed(entry: Entry): ObservedAccount
}

/**
 * The most signals in memory at once, unless one account alone has more; and the most series, since many metrics make
 * many.
 */
const MOST_SIGNALS = 500_000
const MOST_SERIES = 1_000_000
const MOST_ACCOUNTS = 4 * BLOCK

/**
 * Everything that scoring may know about many accounts, in batches as large as memory allows, each read in one pass. A
 * batch is valid until the next one.
 */
export async function* observeAccounts<Entry extends { readonly key: number }>(
  database: Database,
  accounts: readonly Entry[],
  reach: Reach,
): AsyncGenerator<ObservedBatch<Entry>> {
  if (accounts.length > 0) yield* observeInBatches(await openObserving(database, reach), accounts)
}

/** What is the same for all accounts, so that they can be observed in several parts, one after the other. */
export type Observing = {
  readonly db: Db
  readonly reach: Reach
  readonly read: SeriesReader
  readonly connectedAt: History['connectedAt']
  /** How many accounts fit into memory at once, judging by those before. */
  readonly fits: { accounts: number }
}

export async function openObserving({ db, engine }: Database, reach: Reach): Promise<Observing> {
  return {
    db,
    reach,
    read: await engine.signals.openSeries(db, reach),
    connectedAt: await connections(db),
    fits: { accounts: BLOCK },
  }
}

export async function* observeInBatches<Entry extends { readonly key: number }>(
  { db, reach, read, connectedAt, fits }: Observing,
  accounts: readonly Entry[],
): AsyncGenerator<ObservedBatch<Entry>> {
  const largest = Math.max(1, Math.min(MOST_ACCOUNTS, Math.floor(MOST_SERIES / Math.max(1, reach.metrics.size))))
  for (let start = 0; start < accounts.length; ) {
    const entries = accounts.slice(start, endOfBatch(accounts, start, Math.min(fits.accounts, largest)))
    const keys = entries.map(({ key }) => key)
    const batch = await read(keys, MOST_SIGNALS)
    if (batch === undefined) {
      fits.accounts = Math.ceil(entries.length / 2)
      continue
    }
    start += entries.length
    // Half of what fits, since the next ones may have more.
    const each = batch.columns.at.length / entries.length
    fits.accounts = Math.max(1, Math.min(largest, Math.floor(MOST_SIGNALS / 2 / Math.max(1, each))))
    yield {
      entries,
      observed: observing(batch, keys, reach, connectedAt, await readAttributes(db, keys, reach.attributes)),
    }
  }
}

/**
 * The end of a batch of at most `size` accounts; the end of a block if there is one, since a pack is read as a whole.
 */
function endOfBatch(accounts: readonly { readonly key: number }[], start: number, size: number): number {
  const isEnd = (at: number) => blockOf(accounts[at - 1]?.key ?? 0) !== blockOf(accounts[at]?.key ?? 0)
  const most = start + size
  if (most >= accounts.length) return accounts.length
  for (let end = most; end > start && most - end < BLOCK; end -= 1) if (isEnd(end)) return end
  return most
}

function observing(
  { columns, firstAt }: SeriesBatch,
  keys: AccountKeys,
  { metrics, earliest }: Reach,
  connectedAt: History['connectedAt'],
  attributes: ReadonlyMap<number, Attributes>,
): (entry: { readonly key: number }) => ObservedAccount {
  const places = new Map([...metrics.keys()].map((metric, place) => [metric, place]))
  const rows = new Map(keys.map((key, row) => [key, row]))
  return ({ key }) => {
    const base = (rows.get(key) ?? 0) * metrics.size
    const seriesOf = (metric: string) => {
      const place = places.get(metric)
      return place === undefined ? undefined : base + place
    }
    const first = (metric: string) => firstAt[seriesOf(metric) ?? -1] ?? Infinity
    return {
      attribute: attributesOf(attributes.get(key) ?? NO_ATTRIBUTES),
      history: {
        columns,
        seriesOf,
        firstAt: metric => (first(metric) === Infinity ? undefined : first(metric)),
        connectedAt,
        earliest,
      },
    }
  }
}

/** An account's current signals up to an instant. */
export function readSignals({ db, engine }: Database, account: number, until: Instant): Promise<Signal[]> {
  return engine.signals.read(db, account, until)
}

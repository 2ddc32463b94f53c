import { type AttributeValue, attributesOf, type ObservedAccount } from '../../domain/accounts/account.ts'
import { type History, historyOf, type Window } from '../../domain/scoring/window.ts'
import { type Signal, signalsAsOf } from '../../domain/sources/signal.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Connection, KeyRange } from '../engine/engine.ts'
import type { Db } from '../tables.ts'
import { connections } from './metric-connections.ts'

type Database = Pick<Connection, 'db' | 'engine'>

/**
 * Everything scoring may know about one account up to an instant, its signals read one by one; with `knownAt` only what
 * had been received by then. For many accounts one after the other, `connectedAt` is read once.
 */
export async function observeAccount(
  { db, engine }: Database,
  account: number,
  until: Instant,
  knownAt: Instant = Infinity,
  connectedAt?: History['connectedAt'],
): Promise<ObservedAccount> {
  const current = await engine.signals.read(db, account, until)
  const signals =
    knownAt === Infinity
      ? current
      : signalsAsOf([...(await engine.signals.readEarlierVersions(db, account, until)), ...current], until, knownAt)
  const attributes = (await readAttributes(db, { first: account, last: account })).get(account)
  return {
    history: historyOf(signals, connectedAt ?? (await connections(db, knownAt))),
    attribute: attributesOf(attributes ?? new Map(), knownAt),
  }
}

/**
 * The same for a range of accounts, from one pass over the windows that are foreseen. `work` is pure: where it asks for
 * a window beyond them, as for a condition held for days, everything is read for that account and it begins again.
 */
export async function observeAccounts(
  { db, engine }: Database,
  accounts: KeyRange,
  windows: readonly Window[],
  until: Instant,
): Promise<<T>(account: number, work: (observed: ObservedAccount) => T) => Promise<T>> {
  const summaryOf = await engine.signals.scanWindows(db, accounts, windows)
  const firsts = await readFirsts(db, accounts)
  const connectedAt = await connections(db)
  const attributes = await readAttributes(db, accounts)
  const observed = (account: number, beyond: History['summary']): ObservedAccount => ({
    attribute: attributesOf(attributes.get(account) ?? new Map()),
    history: {
      summary: window => summaryOf(account, window) ?? beyond(window),
      firstAt: metric => firsts.get(account)?.get(metric),
      connectedAt,
      newestAt: () => undefined,
    },
  })
  return async (account, work) => {
    try {
      return work(observed(account, refuse))
    } catch (error) {
      if (!(error instanceof Unforeseen)) throw error
      const whole = historyOf(await engine.signals.read(db, account, until), connectedAt)
      return work(observed(account, window => whole.summary(window)))
    }
  }
}

/** A window was asked for that the pass did not fill. */
class Unforeseen extends Error {}

function refuse({ metric }: Window): never {
  throw new Unforeseen(`no window of ${metric} was foreseen`)
}

/** An account's current signals up to an instant. */
export function readSignals({ db, engine }: Database, account: number, until: Instant): Promise<Signal[]> {
  return engine.signals.read(db, account, until)
}

/** When anything was first observed of an account. */
export async function firstSignalOrNone(db: Db, account: number): Promise<Instant | undefined> {
  const row = await db
    .selectFrom('series')
    .select(({ fn }) => fn.min('first_at').as('first'))
    .where('account', '=', account)
    .executeTakeFirst()
  return row?.first ?? undefined
}

/** When anything was first observed of each account that has signals, by its key. */
export async function firstSignals(db: Db): Promise<Map<number, Instant>> {
  const rows = await db
    .selectFrom('series')
    .select(({ fn }) => ['account', fn.min('first_at').as('first')])
    .groupBy('account')
    .execute()
  return new Map(rows.map(({ account, first }) => [account, first]))
}

async function readFirsts(db: Db, { first, last }: KeyRange): Promise<Map<number, Map<string, Instant>>> {
  const rows = await db
    .selectFrom('series')
    .innerJoin('metrics', 'metrics.key', 'series.metric')
    .select(['account', 'metrics.name as metric', 'first_at'])
    .where('account', '>=', first)
    .where('account', '<=', last)
    .execute()
  const firsts = new Map<number, Map<string, Instant>>()
  for (const { account, metric, first_at } of rows) entryOf(firsts, account).set(metric, first_at)
  return firsts
}

type Attributes = Map<string, readonly AttributeValue[]>

export async function readAttributes(db: Db, { first, last }: KeyRange): Promise<Map<number, Attributes>> {
  const rows = await db
    .selectFrom('account_attributes')
    .selectAll()
    .where('account', '>=', first)
    .where('account', '<=', last)
    .orderBy('account')
    .orderBy('attribute')
    .orderBy('known_from')
    .execute()
  const attributes = new Map<number, Attributes>()
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

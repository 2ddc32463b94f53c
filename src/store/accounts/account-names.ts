import { setImmediate as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { findBeginnings } from '../../domain/accounts/name-beginnings.ts'
import { coreOfName, foldSpelling } from '../../domain/accounts/name-fold.ts'
import { indexPart, type NameIndex, type NamePart, searchParts } from '../../domain/accounts/name-index.ts'
import type { Duration, Instant } from '../../domain/time/instant.ts'
import { compiledOnce } from '../compiled-once.ts'
import type { Connection, Engine } from '../engine/engine.ts'
import type { ListedAccount } from './account-list.ts'
import { foldName } from './accounts.ts'
import { type NamesState, namesState, readNamesState } from './name-changes.ts'

/** The account with exactly this id, or else those with exactly this name; at most `most`. */
export async function accountsCalled(
  connection: Connection,
  text: string,
  most: number,
): Promise<readonly ListedAccount[]> {
  return (await lookUpName(connection, text, most)).called
}

export type LookedUp = {
  readonly called: readonly ListedAccount[]
  /** Whether all other names are unchanged since they were read, found in the same query; absent if there were too many matches. */
  readonly state: NamesState | undefined
}

export async function lookUpName({ db }: Connection, text: string, most: number): Promise<LookedUp> {
  const rows = await accountsByIdOrName(db, text.trim(), foldName(text), most)
  const names = rows.filter(({ rank }) => rank !== STATE)
  const called = names.filter(({ rank }) => rank === names[0]?.rank)
  const state = rows.find(({ rank }) => rank === STATE)
  return {
    called: called.map(({ key, id, name }) => ({ key, id, name })),
    state: state && { changes: Number(state.id), newest: state.key },
  }
}

/** The rank of the row with the state of the names: it comes after all accounts. */
const STATE = 2

const accountsByIdOrName = compiledOnce((db, id: string, folded: string, most: number) => {
  const accounts = db.selectFrom('accounts').select(['key', 'id', 'name'])
  const byId = accounts.select(literal(0).as('rank')).where('id', '=', id)
  const byName = accounts.select(literal(1).as('rank')).where('folded_name', '=', folded)
  const state = db
    .selectFrom(namesState(db).as('state'))
    .select(({ fn, ref }) => [
      fn.coalesce(ref('state.newest'), sql.lit(0)).as('key'),
      fn.coalesce(ref('state.changes'), sql.lit('0')).as('id'),
      sql<string>`${sql.lit('')}`.as('name'),
      literal(STATE).as('rank'),
    ])
  return byId.unionAll(byName).unionAll(state).orderBy('rank').orderBy('id').limit(most)
})

/** A literal, since a parameter has no type. */
function literal(value: number) {
  return sql<number>`${sql.lit(value)}`
}

type NamedAccount = ListedAccount & { readonly folded: string }
type Index = {
  readonly state: NamesState
  readonly builtAt: number
  readonly parts: readonly NamePart<NamedAccount>[]
  readonly search: NameIndex<NamedAccount>
}

/** Names that are folded and indexed at a time: about 20 ms. */
const NAMES_IN_PART = 10_000

/**
 * With more names than this, a changed name is found by a part of it only after a while: rebuilding the index takes a
 * third of a second.
 */
const MANY = 20_000
const OFTEN: Duration = 10_000

/** By engine, which the connection to a replica shares. */
const indexes = new WeakMap<Engine, Promise<Index>>()

/** The index over all names, kept in memory. Names that any process added since are added to it. */
export async function accountNameIndex(
  connection: Connection,
  now: Instant,
  state?: NamesState,
): Promise<NameIndex<NamedAccount>> {
  return (await indexOf(connection, now, state)).search
}

/** The accounts whose whole name, without its legal form, is exactly that core. */
export async function accountsByCore(
  connection: Connection,
  now: Instant,
): Promise<(core: string) => readonly ListedAccount[]> {
  const { parts } = await indexOf(connection, now)
  const beginningWith = findBeginnings(parts)
  return core =>
    beginningWith(core).flatMap(({ part, at }) => {
      const item = part.items[at]
      return item !== undefined && coreOfName(item.folded) === core ? item : []
    })
}

async function indexOf(connection: Connection, now: Instant, known?: NamesState): Promise<Index> {
  const state = known ?? (await readNamesState(connection.db))
  const kept = await indexes.get(connection.engine)
  if (kept !== undefined && isGood(kept, state, now)) return kept
  const isGrown = kept !== undefined && kept.state.changes === state.changes && kept.state.newest < state.newest
  const building = buildIndex(connection, state, now, isGrown ? kept : undefined)
  indexes.set(connection.engine, building)
  building.catch(() => indexes.delete(connection.engine))
  return building
}

function isGood({ state, builtAt, parts }: Index, found: NamesState, now: Instant): boolean {
  if (state.newest !== found.newest) return false
  const isRecent = now >= builtAt && now - builtAt < OFTEN
  return state.changes === found.changes || (parts.length > MANY / NAMES_IN_PART && isRecent)
}

/** Part by part, so that nobody waits for the whole index; full parts are kept. */
async function buildIndex({ db }: Connection, state: NamesState, now: Instant, before?: Index): Promise<Index> {
  const parts = (before?.parts ?? []).filter(({ items }) => items.length === NAMES_IN_PART)
  let last = parts.at(-1)?.items.at(-1)?.key ?? 0
  for (;;) {
    const rows = await db
      .selectFrom('accounts')
      .select(['key', 'id', 'name'])
      .where('key', '>', last)
      .orderBy('key')
      .limit(NAMES_IN_PART)
      .execute()
    const named = rows.map(row => ({ ...row, folded: foldSpelling(row.name), written: foldName(row.name) }))
    if (named.length > 0) parts.push(indexPart(named))
    last = rows.at(-1)?.key ?? last
    if (rows.length < NAMES_IN_PART) return { state, builtAt: now, parts, search: searchParts(parts) }
    await pause()
  }
}

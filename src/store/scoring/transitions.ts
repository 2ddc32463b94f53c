import type { Transition } from '../../domain/scoring/evaluate.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { compiledOnce } from '../compiled-once.ts'
import { addEvents, type NewEvent } from '../events/events.ts'
import { slices } from '../slices.ts'
import type { Db, Tables } from '../tables.ts'
import type { ScoredAccount } from './scores.ts'

type ChangedAccount = ScoredAccount & { readonly transitions: readonly Transition[] }

export async function saveTransitions(db: Db, scored: readonly ChangedAccount[]): Promise<void> {
  const rows = scored.flatMap(({ account, at, score, transitions }) =>
    transitions.map(({ kind, from, to, driver }) => ({
      account,
      at,
      kind,
      from_state: from,
      to_state: to,
      shown: score?.shown ?? null,
      driver: driver ?? null,
    })),
  )
  for (const part of slices(rows)) {
    const added = await db
      .insertInto('transitions')
      .values(part)
      .onConflict(conflict => conflict.doNothing())
      .returningAll()
      .execute()
    await addEvents(db, added.map(eventOf))
  }
}

function eventOf({ account, at, from_state, to_state, kind, shown, driver }: Tables['transitions']): NewEvent {
  return { kind: 'transition', at, account, fact: { from: from_state, to: to_state, kind, shown, driver } }
}

export type StoredTransition = {
  readonly account: string
  readonly at: Instant
  readonly from: string
  readonly to: string
  readonly kind: string
  readonly shown: number | null
  readonly driver: string | null
}

/** What changed since an instant, oldest first. */
export async function readTransitions(db: Db, since: Instant): Promise<StoredTransition[]> {
  return transitionsSince(db, since).execute()
}

export type TransitionsWanted = {
  readonly since: Instant
  /** The id of an account. */
  readonly account?: string | undefined
  readonly after?: { readonly at: Instant; readonly account: string; readonly kind: string } | undefined
  readonly most: number
}

/** A page of what changed since an instant, oldest first, after one of them. */
export async function readTransitionsAfter(
  db: Db,
  { since, account, after, most }: TransitionsWanted,
): Promise<StoredTransition[]> {
  return transitionsSince(db, since)
    .$if(account !== undefined, changes => changes.where('accounts.id', '=', account ?? ''))
    .$if(after !== undefined, changes =>
      changes.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('at', 'accounts.id', 'kind'), '>', tuple(after?.at ?? 0, after?.account ?? '', after?.kind ?? '')),
      ),
    )
    .limit(most)
    .execute()
}

function transitionsSince(db: Db, since: Instant) {
  return db
    .selectFrom('transitions')
    .innerJoin('accounts', 'accounts.key', 'transitions.account')
    .select(['accounts.id as account', 'at', 'from_state as from', 'to_state as to', 'kind', 'shown', 'driver'])
    .where('at', '>=', since)
    .orderBy('at')
    .orderBy('accounts.id')
    .orderBy('kind')
}

/** What changed since an instant, newest first, with what its account is called. */
export async function newestTransitions(db: Db, since: Instant) {
  return transitionsSince(db, since)
    .select(['accounts.key', 'accounts.name'])
    .clearOrderBy()
    .orderBy('at', 'desc')
    .orderBy('accounts.id')
    .orderBy('kind')
    .execute()
}

/** The latest changes of an account's verdict until an instant, newest first. */
export const latestTransitions = compiledOnce((db, account: number, until: Instant, most: number) =>
  db
    .selectFrom('transitions')
    .select(['at', 'to_state as to'])
    .where('account', '=', account)
    .where('at', '<=', until)
    .where('kind', '!=', 'expansion_ready')
    .orderBy('at', 'desc')
    .orderBy('kind', 'desc')
    .limit(most),
)

/** The changes of an account's verdict after an instant and until another, oldest first. */
export async function transitionsWithin(db: Db, account: number, after: Instant, until: Instant) {
  return db
    .selectFrom('transitions')
    .select(['at', 'from_state as from', 'to_state as to', 'shown', 'driver'])
    .where('account', '=', account)
    .where('kind', '!=', 'expansion_ready')
    .where('at', '>', after)
    .where('at', '<=', until)
    .orderBy('at')
    .orderBy('kind')
    .execute()
}

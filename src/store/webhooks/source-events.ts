import * as z from 'zod'
import type { AttributeFact, SourceFact } from '../../domain/sources/source-fact.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'

export type Fact = SourceFact | AttributeFact

/** What a source reported; its account is found out later. */
export type NewSourceEvent = {
  readonly id: string
  readonly reference?: string | undefined
  readonly external?: string | undefined
  readonly fact: Fact
}

/** Saves new events; returns their ids. */
export async function addSourceEvents(
  db: Db,
  source: string,
  events: readonly NewSourceEvent[],
  now: Instant,
): Promise<string[]> {
  const added: string[] = []
  for (const part of slices(events, 100)) {
    const rows = await db
      .insertInto('source_events')
      .values(
        part.map(({ id, reference, external, fact }) => ({
          source,
          id,
          account: null,
          reference: reference ?? null,
          external: external ?? null,
          at: fact.at,
          fact: JSON.stringify(fact),
          received_at: now,
        })),
      )
      .onConflict(conflict => conflict.doNothing())
      .returning('id')
      .execute()
    added.push(...rows.map(({ id }) => id))
  }
  return added
}

export type WaitingEvent = {
  readonly id: string
  readonly reference: string | undefined
  readonly external: string | undefined
  readonly fact: Fact
}

/** Which waiting events to look at: those with these ids, or of these customers. */
export type Waiting = { readonly ids: readonly string[]; readonly externals: readonly string[] }

const MOST = 5_000

/** Events that wait for their account, oldest first. */
export async function waitingEvents(db: Db, source: string, only?: Waiting): Promise<WaitingEvent[]> {
  const waiting = db
    .selectFrom('source_events')
    .select(['id', 'reference', 'external', 'fact'])
    .where('source', '=', source)
    .where('account', 'is', null)
  const rows = await (only === undefined
    ? waiting
    : waiting.where(({ eb, or }) =>
        or([eb('id', 'in', ['', ...only.ids]), eb('external', 'in', ['', ...only.externals])]),
      )
  )
    .orderBy('received_at')
    .limit(MOST)
    .execute()
  return rows.map(({ id, reference, external, fact }) => ({
    id,
    reference: reference ?? undefined,
    external: external ?? undefined,
    fact: factIn(fact),
  }))
}

export async function placeEvents(db: Db, source: string, account: number, ids: readonly string[]): Promise<void> {
  for (const part of slices(ids)) {
    await db
      .updateTable('source_events')
      .set({ account })
      .where('source', '=', source)
      .where('id', 'in', part)
      .execute()
  }
}

/** Everything that a source reported about an account. */
export async function factsOfAccount(db: Db, source: string, account: number): Promise<Fact[]> {
  const rows = await db
    .selectFrom('source_events')
    .select('fact')
    .where('account', '=', account)
    .where('source', '=', source)
    .execute()
  return rows.map(({ fact }) => factIn(fact))
}

/** The accounts that a source has reported something about since. */
export async function accountsReportedOn(db: Db, source: string, since: Instant): Promise<number[]> {
  const rows = await db
    .selectFrom('source_events')
    .select('account')
    .distinct()
    .where('source', '=', source)
    .where('account', 'is not', null)
    .where('at', '>=', since)
    .execute()
  return rows.flatMap(({ account }) => account ?? [])
}

/** Trusted, since we wrote it ourselves. */
const fact = z.custom<Fact>(value => typeof value === 'object' && value !== null && 'of' in value)

function factIn(text: string): Fact {
  return fact.parse(JSON.parse(text))
}

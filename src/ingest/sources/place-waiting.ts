import { groupedBy } from '../../domain/grouped.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { findAccountKeys } from '../../store/accounts/find-accounts.ts'
import type { Connection } from '../../store/engine/engine.ts'
import type { Db } from '../../store/tables.ts'
import {
  factsOfAccount,
  placeEvents,
  type Waiting,
  type WaitingEvent,
  waitingEvents,
} from '../../store/webhooks/source-events.ts'
import { linkedAccounts } from '../../store/webhooks/source-links.ts'
import { applyFacts } from './apply-facts.ts'

/** Gives events that wait to their accounts, where those are there by now; part of a transaction. */
export async function placeWaiting(
  connection: Connection,
  source: string,
  now: Instant,
  only?: Waiting,
): Promise<void> {
  const { db } = connection
  const waiting = await waitingEvents(db, source, only)
  const named = await withAccounts(db, source, waiting)
  for (const [account, events] of groupedBy(named, ({ account }) => account)) {
    const before = await factsOfAccount(db, source, account.key)
    const facts = events.map(({ fact }) => fact)
    await placeEvents(
      db,
      source,
      account.key,
      events.map(({ id }) => id),
    )
    await applyFacts(connection, { source, account, before, facts }, now)
  }
}

type Placed = WaitingEvent & { readonly account: { readonly key: number; readonly id: string } }

/** An event's own word for its account comes before what is known of the customer. */
async function withAccounts(db: Db, source: string, waiting: readonly WaitingEvent[]): Promise<Placed[]> {
  const externals = [...new Set(waiting.flatMap(({ external }) => external ?? []))]
  const links = externals.length === 0 ? new Map<string, string>() : await linkedAccounts(db, source, externals)
  const namesOf = ({ reference, external = '' }: WaitingEvent) => [reference, links.get(external)]
  const names = [...new Set(waiting.flatMap(namesOf))].filter(name => name !== undefined)
  const keys = names.length === 0 ? new Map<string, number>() : await findAccountKeys(db, names)
  const accounts = new Map([...keys].map(([id, key]) => [id, { id, key }]))
  return waiting.flatMap(event => {
    const account = namesOf(event)
      .map(name => accounts.get(name ?? ''))
      .find(account => account !== undefined)
    return account === undefined ? [] : [{ ...event, account }]
  })
}

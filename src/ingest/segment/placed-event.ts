import { dayOfSighting } from '../../domain/sources/distinct-users.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../../store/tables.ts'
import type { TrackedUser } from '../../store/users/tracked-users.ts'
import { accountsOfKeys, type Sighting } from '../../store/users/users-seen.ts'
import type { SentRow } from '../http/sent-row.ts'
import type { EventType, SegmentEvent } from './event.ts'

/** An event that can be read, with what it says of its account and its user. */
export type Placed = {
  readonly sent: SentRow
  readonly event: SegmentEvent
  readonly accountId: string
  readonly at: Instant
  readonly user: string | undefined
}

type AccountFinder = (event: Placed) => { readonly key: number; readonly id: string } | undefined

/** The account that an event names, else that of its user. */
export async function accountFinder(
  db: Db,
  keys: ReadonlyMap<string, number>,
  users: ReadonlyMap<string, TrackedUser>,
): Promise<AccountFinder> {
  const ofUsers = [...users.values()].flatMap(({ account }) => account ?? [])
  const ids = new Map((await accountsOfKeys(db, [...new Set(ofUsers)])).map(({ key, id }) => [key, id]))
  return ({ accountId, user }) => {
    const key = accountId === '' ? users.get(user ?? '')?.account : keys.get(accountId)
    const id = accountId === '' ? ids.get(key ?? 0) : accountId
    return key === undefined || id === undefined ? undefined : { key, id }
  }
}

/** Who was seen with which account. */
export function sightingIn(
  { event, user, at }: Placed,
  account: number | undefined,
  users: ReadonlyMap<string, TrackedUser>,
): Sighting[] {
  const known = users.get(user ?? '')
  if (account === undefined || known === undefined || !DONE_BY_USERS.includes(event.type)) return []
  return [{ day: dayOfSighting(at), account, user: known.key }]
}

/** Who is seen: what people do themselves. What is said of them may be said by a program at night. */
const DONE_BY_USERS: readonly EventType[] = ['track', 'page', 'screen']

import type { Instant } from '../../domain/time/instant.ts'
import { hashOf } from '../secret-hash.ts'
import type { Db } from '../tables.ts'

/** An assistant that acts for a person. */
export type AssistantConnection = {
  readonly id: string
  /** As the client calls itself. */
  readonly name: string
  readonly person: string
  readonly createdAt: Instant
  readonly usedAt: Instant
}

/** What a client holds: the access token is valid for an hour, the refresh token once. */
export type Pair = { readonly access: string; readonly refresh: string }

export const ACCESS_LASTS = 60 * 60_000

export async function addConnection(
  db: Db,
  {
    id,
    client,
    name,
    person,
  }: { readonly id: string; readonly client: string; readonly name: string; readonly person: string },
  { access, refresh }: Pair,
  now: Instant,
): Promise<void> {
  await db
    .insertInto('connections')
    .values({
      ...{ id, client, name, person },
      access: hashOf(access),
      access_ends: now + ACCESS_LASTS,
      refresh: hashOf(refresh),
      refresh_before: null,
      used_at: now,
      created_at: now,
      ended_at: null,
    })
    .execute()
}

/**
 * Exchanges a refresh token for a new pair. One that was used before ends the connection, since two clients hold it
 * then.
 */
export async function refreshConnection(
  db: Db,
  client: string,
  refresh: string,
  next: Pair,
  now: Instant,
): Promise<boolean> {
  const alive = db.updateTable('connections').where('client', '=', client).where('ended_at', 'is', null)
  const { numUpdatedRows } = await alive
    .set({
      access: hashOf(next.access),
      access_ends: now + ACCESS_LASTS,
      refresh: hashOf(next.refresh),
      refresh_before: hashOf(refresh),
      used_at: now,
    })
    .where('refresh', '=', hashOf(refresh))
    .executeTakeFirst()
  if (numUpdatedRows === 1n) return true
  await alive.set({ ended_at: now }).where('refresh_before', '=', hashOf(refresh)).execute()
  return false
}

/** The connection of a valid access token. */
export async function connectionOfAccess(
  db: Db,
  access: string,
  now: Instant,
): Promise<AssistantConnection | undefined> {
  const row = await db
    .selectFrom('connections')
    .selectAll()
    .where('access', '=', hashOf(access))
    .where('access_ends', '>', now)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return row && { id: row.id, name: row.name, person: row.person, createdAt: row.created_at, usedAt: row.used_at }
}

/** A person's connections that nobody has ended, newest first. */
export async function connectionsOf(db: Db, person: string): Promise<AssistantConnection[]> {
  return db
    .selectFrom('connections')
    .select(['id', 'name', 'person', 'created_at as createdAt', 'used_at as usedAt'])
    .where('person', '=', person)
    .where('ended_at', 'is', null)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
}

/** Ends a connection at once; false if it is not this person's, or has ended. */
export async function endConnection(db: Db, id: string, person: string, now: Instant): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('connections')
    .set({ ended_at: now })
    .where('id', '=', id)
    .where('person', '=', person)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Ends the connection that a token of either kind belongs to. */
export async function endConnectionOfToken(db: Db, client: string, token: string, now: Instant): Promise<void> {
  await db
    .updateTable('connections')
    .set({ ended_at: now })
    .where('client', '=', client)
    .where(({ eb, or }) => or([eb('access', '=', hashOf(token)), eb('refresh', '=', hashOf(token))]))
    .execute()
}

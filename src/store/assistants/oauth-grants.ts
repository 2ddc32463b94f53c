import type { Instant } from '../../domain/time/instant.ts'
import { hashOf } from '../secret-hash.ts'
import type { Db } from '../tables.ts'

/** A consent that a client may fetch tokens for. */
export type Grant = {
  readonly client: string
  readonly person: string
  /** Of PKCE. */
  readonly challenge: string
  readonly redirect: string
}

const LASTS = 10 * 60_000

export async function saveGrant(db: Db, code: string, grant: Grant, now: Instant): Promise<void> {
  await db.deleteFrom('oauth_grants').where('expires_at', '<=', now).execute()
  await db
    .insertInto('oauth_grants')
    .values({ ...grant, hash: hashOf(code), expires_at: now + LASTS })
    .execute()
}

export async function findGrantOrNone(db: Db, code: string, now: Instant): Promise<Grant | undefined> {
  return grants(db, code, now).executeTakeFirst()
}

/** Uses the grant up. */
export async function takeGrant(db: Db, code: string, now: Instant): Promise<Grant | undefined> {
  const grant = await findGrantOrNone(db, code, now)
  const { numDeletedRows } = await db.deleteFrom('oauth_grants').where('hash', '=', hashOf(code)).executeTakeFirst()
  return numDeletedRows === 1n ? grant : undefined
}

function grants(db: Db, code: string, now: Instant) {
  return db
    .selectFrom('oauth_grants')
    .select(['client', 'person', 'challenge', 'redirect'])
    .where('hash', '=', hashOf(code))
    .where('expires_at', '>', now)
}

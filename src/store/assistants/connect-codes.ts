import type { Instant } from '../../domain/time/instant.ts'
import { hashOf } from '../secret-hash.ts'
import type { Db } from '../tables.ts'

/** How long a code is valid, in milliseconds. */
const CODE_LASTS = 10 * 60_000

/** A code from chat proves who somebody is, once, for ten minutes. A new one voids earlier ones. */
export async function saveConnectCode(db: Db, person: string, code: string, now: Instant): Promise<void> {
  await db
    .deleteFrom('connect_codes')
    .where(({ eb, or }) => or([eb('person', '=', person), eb('expires_at', '<=', now)]))
    .execute()
  await db
    .insertInto('connect_codes')
    .values({ hash: hashOf(code), person, expires_at: now + CODE_LASTS })
    .execute()
}

/** The person whose code it is; using the code ends it. */
export async function takeConnectCode(db: Db, code: string, now: Instant): Promise<string | undefined> {
  const taken = await db
    .deleteFrom('connect_codes')
    .where('hash', '=', hashOf(code))
    .where('expires_at', '>', now)
    .returning('person')
    .executeTakeFirst()
  return taken?.person
}

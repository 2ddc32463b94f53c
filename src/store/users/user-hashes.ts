import { createHmac, randomBytes } from 'node:crypto'
import { foldEmail } from '../../domain/people/person.ts'
import { readMeta } from '../meta.ts'
import type { Db } from '../tables.ts'

/** Turns the id or address of a customer's user into the hash that is stored, so that nobody can read whose it was. */
export type UserHasher = (id: string) => string

const NAME = 'user_hash_secret'

/**
 * Uses a secret of this database, made when first needed: addresses can be guessed, and plain hashes checked against
 * the guess.
 */
export async function userHasher(db: Db): Promise<UserHasher> {
  const secret = await secretOrNone(db)
  if (secret !== undefined) return hashWith(secret)
  await db
    .insertInto('meta')
    .values({ name: NAME, value: randomBytes(32).toString('hex') })
    .onConflict(conflict => conflict.column('name').doNothing())
    .execute()
  return hashWith((await secretOrNone(db)) ?? '')
}

/** Undefined if nobody was ever hashed. */
export async function userHasherOrNone(db: Db): Promise<UserHasher | undefined> {
  const secret = await secretOrNone(db)
  return secret === undefined ? undefined : hashWith(secret)
}

function secretOrNone(db: Db): Promise<string | undefined> {
  return readMeta(db, NAME)
}

/** Addresses are compared without regard to case, here too. */
function hashWith(secret: string): UserHasher {
  return id => createHmac('sha256', secret).update(foldEmail(id)).digest('base64url').slice(0, 22)
}

import { createHash, timingSafeEqual } from 'node:crypto'
import type { Duration, Instant } from '../domain/instant.ts'
import type { Db } from './tables.ts'

/** What a token may be used for. */
export type Scope = 'ingest'

export type NewToken = {
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly now: Instant
  readonly expiresIn?: Duration
  readonly randomBytes: (size: number) => Buffer
}

/** `token` is `rnd_<id>_<secret>` and is known to nobody from here on: the database keeps a hash. */
export type CreatedToken = { readonly id: string; readonly token: string; readonly expiresAt: Instant | undefined }

export type TokenVerdict = 'valid' | 'unknown' | 'expired' | 'revoked' | 'out_of_scope'

const FORM = /^rnd_([0-9a-f]{16})_([0-9a-f]{64})$/

/** Compared with where there is no such token, so that the answer takes as long. */
const NO_HASH = hashOf('')

export async function createToken(
  db: Db,
  { name, scopes, now, expiresIn, randomBytes }: NewToken,
): Promise<CreatedToken> {
  const [id, secret] = [randomBytes(8).toString('hex'), randomBytes(32).toString('hex')]
  const expiresAt = expiresIn === undefined ? undefined : now + expiresIn
  await db
    .insertInto('ingest_tokens')
    .values({
      id,
      name,
      hash: hashOf(secret).toString('hex'),
      scopes: scopes.join(' '),
      created_at: now,
      expires_at: expiresAt ?? null,
      revoked_at: null,
    })
    .execute()
  return { id, token: `rnd_${id}_${secret}`, expiresAt }
}

/** Only whoever has the right secret learns more than `unknown`. */
export async function verifyToken(db: Db, token: string, scope: Scope, now: Instant): Promise<TokenVerdict> {
  const [, id = '', secret = ''] = FORM.exec(token) ?? []
  const row = await db.selectFrom('ingest_tokens').selectAll().where('id', '=', id).executeTakeFirst()
  const isRight = timingSafeEqual(hashOf(secret), row === undefined ? NO_HASH : Buffer.from(row.hash, 'hex'))
  if (row === undefined || !isRight || secret === '') return 'unknown'
  if (row.revoked_at !== null && row.revoked_at <= now) return 'revoked'
  if (row.expires_at !== null && row.expires_at <= now) return 'expired'
  return row.scopes.split(' ').includes(scope) ? 'valid' : 'out_of_scope'
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

import { timingSafeEqual } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Duration, Instant } from '../../domain/time/instant.ts'
import { hashOf } from '../secret-hash.ts'
import type { Db, Tables } from '../tables.ts'

/** What a token may be used for. */
export const SCOPES = [
  'signals:write',
  'accounts:write',
  'people:write',
  'comments:write',
  'outcomes:write',
  'health:read',
  'mcp',
] as const

export type Scope = (typeof SCOPES)[number]

export type NewToken = {
  readonly name: string
  readonly scopes: readonly Scope[]
  /** The e-mail of the person it acts for; a program acts in nobody's. */
  readonly person?: string
  readonly now: Instant
  readonly expiresIn?: Duration
  readonly randomBytes: (size: number) => Buffer
}

/** `token` is `rnd_<id>_<secret>`, and is shown once: the database keeps only a hash. */
export type CreatedToken = { readonly id: string; readonly token: string; readonly expiresAt: Instant | undefined }

export type TokenVerdict = 'valid' | 'unknown' | 'expired' | 'revoked' | 'out_of_scope'

const FORM = /^rnd_([0-9a-f]{16})_([0-9a-f]{64})$/

/** Compared with if there is no such token, so that the answer takes as long. */
const NO_HASH = hashOf('')

export async function createToken(
  db: Db,
  { name, scopes, person, now, expiresIn, randomBytes }: NewToken,
): Promise<CreatedToken> {
  const [id, secret] = [randomBytes(8).toString('hex'), randomBytes(32).toString('hex')]
  const expiresAt = expiresIn === undefined ? undefined : now + expiresIn
  await db
    .insertInto('ingest_tokens')
    .values({
      id,
      name,
      hash: hashOf(secret),
      scopes: scopes.join(' '),
      created_at: now,
      expires_at: expiresAt ?? null,
      revoked_at: null,
      person: person ?? null,
    })
    .execute()
  return { id, token: `rnd_${id}_${secret}`, expiresAt }
}

/** Only whoever has the right secret learns more than `unknown`. `token` is set with `valid`. */
export async function verifyToken(
  db: Db,
  token: string,
  scope: Scope,
  now: Instant,
): Promise<{ readonly verdict: TokenVerdict; readonly token?: Token }> {
  const [, id = '', secret = ''] = FORM.exec(token) ?? []
  const row = await db.selectFrom('ingest_tokens').selectAll().where('id', '=', id).executeTakeFirst()
  const isRight = timingSafeEqual(Buffer.from(hashOf(secret)), Buffer.from(row?.hash ?? NO_HASH))
  if (row === undefined || !isRight || secret === '') return { verdict: 'unknown' }
  if (row.revoked_at !== null && row.revoked_at <= now) return { verdict: 'revoked' }
  if (row.expires_at !== null && row.expires_at <= now) return { verdict: 'expired' }
  const known = tokenOf(row)
  return known.scopes.includes(scope) ? { verdict: 'valid', token: known } : { verdict: 'out_of_scope' }
}

/** What is known about a token without its secret. */
export type Token = {
  readonly id: string
  readonly name: string
  readonly scopes: readonly string[]
  readonly person: string | undefined
  readonly createdAt: Instant
  readonly expiresAt: Instant | undefined
  readonly revokedAt: Instant | undefined
}

/** Every token that was ever made, oldest first. */
export async function listTokens(db: Db): Promise<Token[]> {
  const rows = await db.selectFrom('ingest_tokens').selectAll().orderBy('created_at').orderBy('id').execute()
  return rows.map(tokenOf)
}

function tokenOf(row: Selectable<Tables['ingest_tokens']>): Token {
  return {
    id: row.id,
    name: row.name,
    scopes: row.scopes.split(' ').filter(scope => scope !== ''),
    person: row.person ?? undefined,
    createdAt: row.created_at,
    expiresAt: row.expires_at ?? undefined,
    revokedAt: row.revoked_at ?? undefined,
  }
}

/** Ends a token at once, for good; false if it had ended before. */
export async function revokeToken(db: Db, id: string, now: Instant): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('ingest_tokens')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

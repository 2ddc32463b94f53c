import { createHash } from 'node:crypto'
import type { Instant } from '../domain/instant.ts'
import type { Db } from './tables.ts'

/** One line of the audit log: who did what to whom, before and after. */
export type AuditEntry = {
  readonly at: Instant
  /** An e-mail, or `rounds` where nobody was asked. */
  readonly who: string
  /** Such as `alert.claim`, `digest.pause`, `refused:alert.assign`. */
  readonly act: string
  readonly subject: string
  /** The account's id, where it is about one. */
  readonly account?: string
  readonly was?: string
  readonly isNow?: string
}

/** Appends to the log, in the transaction of what it records. Each hash covers the line before it. */
export async function recordAudit(db: Db, entry: AuditEntry): Promise<void> {
  const last = await db.selectFrom('audit').select('hash').orderBy('id', 'desc').limit(1).executeTakeFirst()
  const { at, who, act, subject, account = null, was = null, isNow = null } = entry
  const line = { at, who, act, subject, account, was, is_now: isNow }
  await db
    .insertInto('audit')
    .values({ ...line, hash: hashOf(last?.hash ?? '', line) })
    .execute()
}

/** The number of the first line that does not fit the one before it; undefined when the whole chain holds. */
export async function brokenAuditLine(db: Db): Promise<number | undefined> {
  let before = ''
  for (const { id, hash, ...line } of await db.selectFrom('audit').selectAll().orderBy('id').execute()) {
    if (hash !== hashOf(before, line)) return id
    before = hash
  }
  return undefined
}

export async function readAudit(
  db: Db,
  filter: { readonly account?: string; readonly most: number },
): Promise<AuditEntry[]> {
  const all = db.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(filter.most)
  const rows = await (filter.account === undefined ? all : all.where('account', '=', filter.account)).execute()
  return rows.map(({ at, who, act, subject, account, was, is_now }) => ({
    at,
    who,
    act,
    subject,
    ...(account !== null && { account }),
    ...(was !== null && { was }),
    ...(is_now !== null && { isNow: is_now }),
  }))
}

type Line = Record<'at' | 'who' | 'act' | 'subject' | 'account' | 'was' | 'is_now', string | number | null>

function hashOf(before: string, { at, who, act, subject, account, was, is_now }: Line): string {
  const text = JSON.stringify([before, at, who, act, subject, account, was, is_now])
  return createHash('sha256').update(text).digest('hex')
}

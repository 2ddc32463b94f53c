import type { Instant } from '../domain/instant.ts'
import { auditHash, auditHead, saveAuditHead } from './audit-chain.ts'
import { inTransaction } from './database.ts'
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
export function recordAudit(db: Db, entry: AuditEntry): Promise<void> {
  const { at, who, act, subject, account = null, was = null, isNow = null } = entry
  const line = { at, who, act, subject, account, was, is_now: isNow }
  return inTransaction(db, async db => {
    const { lines, hash: before } = await auditHead(db)
    const hash = auditHash(before, line)
    await db
      .insertInto('audit')
      .values({ ...line, hash })
      .execute()
    await saveAuditHead(db, { lines: lines + 1, hash })
  })
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

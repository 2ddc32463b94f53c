import type { Instant } from '../../domain/time/instant.ts'
import { compiledOnce } from '../compiled-once.ts'
import { holdLock, inTransaction } from '../engine/transaction.ts'
import type { Db, Tables } from '../tables.ts'
import { auditHash, auditHead, saveAuditHead } from './audit-chain.ts'
import { auditMark, auditMarkOrNone, auditNames, withMarks } from './audit-names.ts'

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
  return inTransaction(db, async db => {
    await holdLock(db, 'audit')
    const line = await nameless(db, entry)
    const { lines, hash: before } = await auditHead(db)
    const hash = auditHash(before, line)
    const { at, who, act, subject, account, was, is_now } = line
    await insertLine(db, at, who, act, subject, account, was, is_now, hash)
    await saveAuditHead(db, { lines: lines + 1, hash })
  })
}

type Text = string | null

const insertLine = compiledOnce(
  (db, at: Instant, who: string, act: string, subject: string, account: Text, was: Text, is_now: Text, hash: string) =>
    db.insertInto('audit').values({ at, who, act, subject, account, was, is_now, hash }),
)

export async function readAudit(
  db: Db,
  filter: { readonly account?: string; readonly most?: number },
): Promise<AuditEntry[]> {
  const newest = db.selectFrom('audit').selectAll().orderBy('id', 'desc')
  const all = filter.most === undefined ? newest : newest.limit(filter.most)
  const { account: id } = filter
  const mark = id === undefined ? undefined : ((await auditMarkOrNone(db, 'account', id)) ?? '')
  const rows = await (mark === undefined ? all : all.where('account', '=', mark)).execute()
  const named = await auditNames(db)
  return rows.map(({ at, who, act, subject, account, was, is_now }) => ({
    at,
    who: named(who),
    act,
    subject: named(subject),
    ...(account !== null && { account: named(account) }),
    ...(was !== null && { was: named(was) }),
    ...(is_now !== null && { isNow: named(is_now) }),
  }))
}

/** The line as it is kept: people and accounts by marks, so that forgetting somebody leaves the chain whole. */
async function nameless(
  db: Db,
  { at, who, act, subject, account, was, isNow }: AuditEntry,
): Promise<Omit<Tables['audit'], 'id' | 'hash'>> {
  const marked = async (text: string | undefined) => (text === undefined ? null : withMarks(db, text))
  return {
    at,
    who: who === 'rounds' ? who : await auditMark(db, 'person', who),
    act,
    subject: await withMarks(db, subject),
    account: account === undefined ? null : await auditMark(db, 'account', account),
    was: await marked(was),
    is_now: await marked(isNow),
  }
}

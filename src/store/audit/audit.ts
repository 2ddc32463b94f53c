import type { Instant } from '../../domain/time/instant.ts'
import { holdLock, inTransaction } from '../engine/transaction.ts'
import { rowWriter } from '../row-writer.ts'
import type { Db, Tables } from '../tables.ts'
import { auditHash, auditHead, saveAuditHead } from './audit-chain.ts'
import { auditMarkOrNone, auditNames, marksOn } from './audit-names.ts'

/** One line of the audit log: who did what to whom, before and after. */
export type AuditEntry = {
  readonly at: Instant
  /** An e-mail, or `rounds` for what it did on its own. */
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
  return recordAudits(db, [entry])
}

/** The same for several lines. */
export async function recordAudits(db: Db, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return
  await inTransaction(db, async db => {
    await holdLock(db, 'audit')
    const marks = marksOn(db)
    if (entries.length > 1) await marks.prepareAccounts(entries.flatMap(({ account }) => account ?? []))
    let { lines, hash } = await auditHead(db)
    const rows: Omit<Tables['audit'], 'id'>[] = []
    for (const entry of entries) {
      const line = await nameless(marks, entry)
      hash = auditHash(hash, line)
      lines += 1
      rows.push({ ...line, hash })
    }
    await insertLines(db, rows)
    await saveAuditHead(db, { lines, hash })
  })
}

const insertLines = rowWriter('audit', insert => insert)

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

/** The line as it is stored: people and accounts by marks, so that the chain stays whole when somebody is forgotten. */
async function nameless(
  { mark, inText }: ReturnType<typeof marksOn>,
  { at, who, act, subject, account, was, isNow }: AuditEntry,
): Promise<Omit<Tables['audit'], 'id' | 'hash'>> {
  const marked = async (text: string | undefined) => (text === undefined ? null : inText(text))
  return {
    at,
    who: who === 'rounds' ? who : await mark('person', who),
    act,
    subject: await inText(subject),
    account: account === undefined ? null : await mark('account', account),
    was: await marked(was),
    is_now: await marked(isNow),
  }
}

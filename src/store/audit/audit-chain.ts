import { createHash } from 'node:crypto'
import type { AuditCheck, AuditHead } from '../../domain/admin/audit-check.ts'
import type { Connection } from '../engine/sqlite/database.ts'
import type { Db } from '../tables.ts'

/** What a line's hash covers. */
export type AuditLine = Readonly<
  Record<'at' | 'who' | 'act' | 'subject' | 'account' | 'was' | 'is_now', string | number | null>
>

const HEAD = 'audit_head'

/** How long the log is and how it ends, by the note that is kept apart from it. */
export async function auditHead(db: Db): Promise<AuditHead> {
  const row = await db.selectFrom('meta').select('value').where('name', '=', HEAD).executeTakeFirst()
  return readHead(row?.value)
}

/** The next line goes on from the note: where the end of the log was cut off, it will not fit what is left. */
export async function saveAuditHead(db: Db, head: AuditHead): Promise<void> {
  const value = JSON.stringify(head)
  await db
    .insertInto('meta')
    .values({ name: HEAD, value })
    .onConflict(conflict => conflict.column('name').doUpdateSet({ value }))
    .execute()
}

/** Reads the whole log, and the note, as they were at one moment. `known` is an earlier note, such as the log file's. */
export function checkAudit({ sqlite }: Connection, known?: AuditHead): AuditCheck {
  return sqlite.transaction(() => {
    const note = sqlite.prepare<[string], string>('select value from meta where name = ?').pluck().get(HEAD)
    // Where old lines were deleted, the chain goes on from the last of them.
    const base = sqlite.prepare<[], AuditHead>('select lines, hash from audit_base').get()
    let { lines, hash: before } = base ?? { lines: 0, hash: '' }
    let brokenLine: number | undefined
    let knownHash = ''
    const rows = sqlite.prepare<[], AuditLine & { id: number; hash: string }>('select * from audit order by id')
    for (const { id, hash, ...line } of rows.iterate()) {
      if (brokenLine === undefined && hash !== auditHash(before, line)) brokenLine = id
      lines += 1
      before = hash
      if (lines === known?.lines) knownHash = hash
    }
    return {
      lines,
      hash: before,
      head: readHead(note),
      ...(brokenLine !== undefined && { brokenLine }),
      ...(known !== undefined && { endsAsKnown: knownHash === known.hash }),
    }
  })()
}

export function auditHash(before: string, { at, who, act, subject, account, was, is_now }: AuditLine): string {
  const text = JSON.stringify([before, at, who, act, subject, account, was, is_now])
  return createHash('sha256').update(text).digest('hex')
}

/** Written by `saveAuditHead` and the migration only; somebody who took it away has shortened the log to nothing. */
function readHead(value: string | undefined): AuditHead {
  return value === undefined ? { lines: 0, hash: '' } : (JSON.parse(value) as AuditHead)
}

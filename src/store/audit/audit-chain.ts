import { createHash } from 'node:crypto'
import type { AuditCheck, AuditHead } from '../../domain/admin/audit-check.ts'
import { inSnapshot } from '../engine/transaction.ts'
import { readMeta, saveMeta } from '../meta.ts'
import type { Db } from '../tables.ts'

/** What a line's hash covers. */
export type AuditLine = Readonly<
  Record<'at' | 'who' | 'act' | 'subject' | 'account' | 'was' | 'is_now', string | number | null>
>

const HEAD = 'audit_head'

/** The length and the last hash of the log, as stored apart from it. */
export async function auditHead(db: Db): Promise<AuditHead> {
  return readHead(await readMeta(db, HEAD))
}

/** The next line continues from the stored head: if the end of the log was cut off, it will not match what is left. */
export function saveAuditHead(db: Db, head: AuditHead): Promise<void> {
  return saveMeta(db, HEAD, JSON.stringify(head))
}

/** Lines that are read at a time: a log may be long. */
const PAGE = 1_000

/** Reads the whole log and its stored head in one snapshot. `known` is an earlier head, such as one from the log file. */
export function checkAudit(db: Db, known?: AuditHead): Promise<AuditCheck> {
  return inSnapshot(db, async db => {
    const head = await auditHead(db)
    // After old lines were deleted, the chain goes on from the last of them.
    const base = await db.selectFrom('audit_base').select(['lines', 'hash']).executeTakeFirst()
    let { lines, hash: before } = base ?? { lines: 0, hash: '' }
    let brokenLine: number | undefined
    let knownHash = ''
    for await (const { id, hash, ...line } of linesOf(db)) {
      if (brokenLine === undefined && hash !== auditHash(before, line)) brokenLine = id
      lines += 1
      before = hash
      if (lines === known?.lines) knownHash = hash
    }
    return {
      lines,
      hash: before,
      head,
      ...(brokenLine !== undefined && { brokenLine }),
      ...(known !== undefined && { endsAsKnown: knownHash === known.hash }),
    }
  })
}

async function* linesOf(db: Db): AsyncGenerator<AuditLine & { readonly id: number; readonly hash: string }> {
  let after = -Infinity
  for (;;) {
    const page = db.selectFrom('audit').selectAll().orderBy('id').limit(PAGE)
    const lines = await (after === -Infinity ? page : page.where('id', '>', after)).execute()
    yield* lines
    after = lines.at(-1)?.id ?? 0
    if (lines.length < PAGE) return
  }
}

export function auditHash(before: string, { at, who, act, subject, account, was, is_now }: AuditLine): string {
  const text = JSON.stringify([before, at, who, act, subject, account, was, is_now])
  return createHash('sha256').update(text).digest('hex')
}

/** Written only by `saveAuditHead` and the migration; if somebody removed it, the log counts as empty. */
function readHead(value: string | undefined): AuditHead {
  return value === undefined ? { lines: 0, hash: '' } : (JSON.parse(value) as AuditHead)
}

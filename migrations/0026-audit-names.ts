import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { allowChanges, forbidChangesAboveBase } from './append-only.ts'
import { typesOf } from './types.ts'

/**
 * The audit log names people and accounts by a number from now on, and this table says whose it is: deleting a row
 * here forgets somebody, and the chain of the log stays whole. Older lines are written anew in the same way.
 */
export async function auditNames(db: Kysely<any>): Promise<void> {
  const { generated, instant } = typesOf(db)
  await db.schema
    .createTable('audit_names')
    .addColumn('id', 'integer', generated)
    .addColumn('kind', 'text', column => column.notNull())
    .addColumn('name', 'text', column => column.notNull())
    .addUniqueConstraint('audit_names_once', ['kind', 'name'])
    .execute()
  const lines = await db.selectFrom('audit').selectAll().orderBy('id').execute()
  await allowChanges(db)
  let before = ''
  for (const { id, hash: _, ...line } of lines) {
    const hidden = await hiddenLine(db, line as Line)
    before = hashOf(before, hidden)
    await db
      .updateTable('audit')
      .set({ ...hidden, hash: before })
      .where('id', '=', id)
      .execute()
  }
  const head = JSON.stringify({ lines: lines.length, hash: before })
  await db.updateTable('meta').set({ value: head }).where('name', '=', 'audit_head').execute()
  // Old lines may go where the settings say so: first the hash of the last one is kept here, for the chain to go on from.
  await db.schema
    .createTable('audit_base')
    .addColumn('up_to', 'integer', column => column.notNull())
    .addColumn('lines', 'integer', column => column.notNull())
    .addColumn('hash', 'text', column => column.notNull())
    .execute()
  await forbidChangesAboveBase(db)
  // How far the deleting of old signals came.
  await db.schema
    .createTable('retention_cursor')
    .addColumn('week', 'integer', column => column.notNull())
    .addColumn('account', 'integer', column => column.notNull())
    .addColumn('metric', 'integer', column => column.notNull())
    .addColumn('observed_at', instant, column => column.notNull())
    .addColumn('id', 'text', column => column.notNull())
    .execute()
}

const EMAIL = /[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu

type Line = Record<'at' | 'who' | 'act' | 'subject' | 'account' | 'was' | 'is_now', any>

async function hiddenLine(db: Kysely<any>, line: Line): Promise<Line> {
  const hidden = async (text: string | null) => {
    if (text === null) return null
    let result = text
    for (const email of new Set(text.match(EMAIL) ?? [])) {
      result = result.replaceAll(email, await numberOf(db, 'person', email.toLowerCase()))
    }
    return result
  }
  return {
    ...line,
    who: line.who === 'rounds' ? line.who : await numberOf(db, 'person', line.who.toLowerCase()),
    account: line.account === null ? null : await numberOf(db, 'account', line.account),
    subject: await hidden(line.subject),
    was: await hidden(line.was),
    is_now: await hidden(line.is_now),
  }
}

async function numberOf(db: Kysely<any>, kind: string, name: string): Promise<string> {
  await db
    .insertInto('audit_names')
    .values({ kind, name })
    .onConflict(conflict => conflict.columns(['kind', 'name']).doNothing())
    .execute()
  const { id } = await db
    .selectFrom('audit_names')
    .select('id')
    .where('kind', '=', kind)
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return `⟦${kind} ${id}⟧`
}

function hashOf(before: string, { at, who, act, subject, account, was, is_now }: Line): string {
  const text = JSON.stringify([before, at, who, act, subject, account, was, is_now])
  return createHash('sha256').update(text).digest('hex')
}

import { type Reversal, UNDO_FOR, type Undo } from '../../domain/alerts/undo.ts'
import { DAY, type Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

type Subject = Undo['subject']

/** Saves an undo; only the last act on an alert or a task can be undone. */
export async function saveUndo(db: Db, { id, at, who, subject, account, reversals }: Undo): Promise<void> {
  for (const { of, id } of reversals) await endUndos(db, { of, id }, at)
  await db
    .insertInto('undos')
    .values({
      ...{ id, at, who, account, subject: subject.of, subject_id: subject.id },
      ...{ changes: JSON.stringify(reversals), ended_at: null },
    })
    .execute()
}

/** Finds an undo, also one that has ended: `endedAt` says when. */
export async function findUndoOrNone(db: Db, id: string): Promise<(Undo & { readonly endedAt?: Instant }) | undefined> {
  const row = await db.selectFrom('undos').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) return undefined
  return {
    ...{ id, at: row.at, who: row.who, account: row.account },
    subject: { of: row.subject === 'task' ? 'task' : 'alert', id: row.subject_id },
    // This column was written by `saveUndo` only.
    reversals: JSON.parse(row.changes) as Reversal[],
    ...(row.ended_at !== null && { endedAt: row.ended_at }),
  }
}

/** Ends an undo; true for whoever ends it. */
export async function endUndo(db: Db, id: string, at: Instant): Promise<boolean> {
  const row = db.updateTable('undos').set({ ended_at: at }).where('id', '=', id).where('ended_at', 'is', null)
  return (await row.executeTakeFirst()).numUpdatedRows === 1n
}

/** Ends the undos of earlier acts on a subject. */
export async function endUndos(db: Db, { of, id }: Subject, at: Instant): Promise<void> {
  const open = db.updateTable('undos').set({ ended_at: at }).where('ended_at', 'is', null)
  await open.where('subject', '=', of).where('subject_id', '=', id).execute()
}

/** The open undos, of which ten minutes leave few: the id of each by what it is about. */
export async function openUndos(db: Db, of: Subject['of']): Promise<Map<string, string>> {
  const open = db.selectFrom('undos').select(['id', 'subject_id']).where('ended_at', 'is', null)
  const rows = await open.where('subject', '=', of).execute()
  return new Map(rows.map(({ id, subject_id }) => [subject_id, id]))
}

/** The undos that have expired; those that ended a day ago are deleted. */
export async function undosThatEnd(
  db: Db,
  now: Instant,
): Promise<{ readonly id: string; readonly subject: Subject }[]> {
  const rows = await db
    .selectFrom('undos')
    .select(['id', 'subject', 'subject_id', 'at', 'ended_at'])
    .where('at', '<=', now - UNDO_FOR)
    .execute()
  if (rows.some(({ at }) => at <= now - DAY))
    await db
      .deleteFrom('undos')
      .where('at', '<=', now - DAY)
      .execute()
  return rows
    .filter(({ ended_at }) => ended_at === null)
    .map(({ id, subject, subject_id }) => ({
      id,
      subject: { of: subject === 'task' ? 'task' : 'alert', id: subject_id },
    }))
}

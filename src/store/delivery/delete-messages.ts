import type { Db } from '../tables.ts'

/** Deletes messages with their threads; what they announced stays announced. */
export async function deleteMessages(db: Db, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  const replies = await db.selectFrom('outbox').select('id').where('head', 'in', ids).execute()
  await deleteMessages(
    db,
    replies.map(({ id }) => id),
  )
  for (const table of ['outbox_alerts', 'outbox_tasks'] as const) {
    await db.deleteFrom(table).where('message', 'in', ids).execute()
  }
  await db.updateTable('digest_runs').set({ message: null }).where('message', 'in', ids).execute()
  await db.deleteFrom('outbox').where('id', 'in', ids).execute()
}

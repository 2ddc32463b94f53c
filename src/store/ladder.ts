import type { Db } from './tables.ts'

/** Notes that a rung was climbed; false when another look did, or somebody has claimed the alert meanwhile. */
export async function climbAlert(db: Db, id: string, rung: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('alerts')
    .set({ rung })
    .where('id', '=', id)
    .where('rung', '=', rung - 1)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** The same for a task, as long as it has not ended. */
export async function climbTask(db: Db, id: string, rung: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('tasks')
    .set({ rung })
    .where('id', '=', id)
    .where('rung', '=', rung - 1)
    .where('state', 'in', ['open', 'acknowledged'])
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

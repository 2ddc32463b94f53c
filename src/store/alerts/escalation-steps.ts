import type { Db } from '../tables.ts'

/**
 * Records that a step was taken; false if another tick did, somebody has claimed the alert meanwhile, or it was not
 * announced yet. `along` are the account's other alerts, for which the step counts as taken too.
 */
export async function escalateAlert(
  db: Db,
  id: string,
  along: readonly string[],
  stepsTaken: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('alerts')
    .set({ escalation_step: stepsTaken })
    .where('id', '=', id)
    .where('escalation_step', '=', stepsTaken - 1)
    .where('state', '=', 'open')
    .where(({ eb, or }) => or([eb('pending_news', 'is', null), eb('pending_news', '!=', 'opened')]))
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) return false
  if (along.length > 0) {
    await db
      .updateTable('alerts')
      .set({ escalation_step: stepsTaken })
      .where('id', 'in', along)
      .where('escalation_step', '<', stepsTaken)
      .execute()
  }
  return true
}

/** The same for a task, as long as it has not ended. */
export async function escalateTask(db: Db, id: string, stepsTaken: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('tasks')
    .set({ escalation_step: stepsTaken })
    .where('id', '=', id)
    .where('escalation_step', '=', stepsTaken - 1)
    .where('state', 'in', ['open', 'acknowledged'])
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

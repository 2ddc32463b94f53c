import type { Instant } from '../../domain/time/instant.ts'
import { AWAKE } from '../alerts/alert-acts.ts'
import { changeOneAlert } from '../alerts/alert-changes.ts'
import type { Db } from '../tables.ts'

/** What a person holds: the ids of unresolved alerts, and of tasks that have not ended. */
export type Held = { readonly by: string; readonly alerts: readonly string[]; readonly tasks: readonly string[] }

/** Everybody who holds something. */
export async function readHeld(db: Db): Promise<Held[]> {
  const alerts = await db
    .selectFrom('alerts')
    .select(['id', 'claimed_by as by'])
    .where('claimed_by', 'is not', null)
    .where('state', '!=', 'resolved')
    .orderBy('id')
    .execute()
  const tasks = await db
    .selectFrom('tasks')
    .select(['id', 'assignee as by'])
    .where('assignee', 'is not', null)
    .where('state', 'in', ['open', 'acknowledged'])
    .orderBy('id')
    .execute()
  const holders = new Set([...alerts, ...tasks].flatMap(({ by }) => by ?? []))
  return [...holders].sort().map(by => ({
    by,
    alerts: alerts.filter(alert => alert.by === by).map(({ id }) => id),
    tasks: tasks.filter(task => task.by === by).map(({ id }) => id),
  }))
}

/** Releases an alert, so that it waits for somebody again. False if its holder has changed meanwhile. */
export function releaseAlert(db: Db, id: string, by: string, at: Instant): Promise<boolean> {
  return changeOneAlert(db, at, alerts =>
    alerts
      .set({ state: 'open', claimed_by: null, claimed_at: null, escalation_step: 0, reopened_at: at, ...AWAKE })
      .where('id', '=', id)
      .where('claimed_by', '=', by)
      .where('state', '!=', 'resolved'),
  )
}

/** The same for a task. */
export async function releaseTask(db: Db, id: string, by: string, at: Instant): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('tasks')
    .set({ state: 'open', assignee: null, escalation_step: 0, reopened_at: at })
    .where('id', '=', id)
    .where('assignee', '=', by)
    .where('state', 'in', ['open', 'acknowledged'])
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

import type { Task } from '../../domain/playbooks/task.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { recordAudit } from '../../store/audit/audit.ts'
import { changeTask, findTaskOrNone, readTasks } from '../../store/playbooks/tasks.ts'
import type { Db } from '../../store/tables.ts'
import { refreshTaskMessages } from './refresh-tasks.ts'

/** What is still to be done for some alerts. */
export function openTasksOf(db: Db, alerts: readonly string[]): Promise<Task[]> {
  return readTasks(db, { alerts, isOpen: true })
}

/** Skips the tasks of alerts that ended, for the same reason. */
export async function skipTasks(
  db: Db,
  alerts: readonly string[],
  { note, by, at }: { readonly note: string; readonly by: string; readonly at: Instant },
): Promise<void> {
  for (const { id, state, account } of await openTasksOf(db, alerts)) {
    if (!(await changeTask(db, id, { kind: 'skip', note }, by, at))) continue
    const entry = { at, who: by, act: 'task.skip', subject: `task:${id}`, account: account.id }
    await recordAudit(db, { ...entry, was: state, isNow: `skipped, ${note}` })
    const task = await findTaskOrNone(db, id)
    if (task !== undefined) await refreshTaskMessages(db, task)
  }
}

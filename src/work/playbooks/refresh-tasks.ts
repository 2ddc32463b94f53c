import type { Task } from '../../domain/playbooks/task.ts'
import { changeMessagesAbout, changeMessagesNamingTask } from '../../store/delivery/outbox.ts'
import { findRunOrNone, type Run, runOfAlertOrNone } from '../../store/playbooks/playbook-runs.ts'
import { readTasks } from '../../store/playbooks/tasks.ts'
import type { Db } from '../../store/tables.ts'
import { runCard, withTask, withTaskLine } from '../../views/playbooks/task-card.ts'

/** Every message that speaks of a task shows it as it is now. */
export async function refreshTaskMessages(db: Db, task: Task): Promise<void> {
  await changeMessagesAbout(db, { of: 'task', id: task.id }, card => withTask(card, task))
  await changeMessagesNamingTask(db, task.id, (card, { of, id }) =>
    of === 'run' || (of === 'task' && id === task.id) ? card : withTaskLine(card, task),
  )
  const run = task.run === undefined ? undefined : await findRunOrNone(db, task.run)
  if (run === undefined) return
  await refreshRun(db, run)
}

/** The task list of an alert's play, which may offer to resolve the alert. */
export async function refreshRunOfAlert(db: Db, alert: string): Promise<void> {
  const run = await runOfAlertOrNone(db, alert)
  if (run !== undefined) await refreshRun(db, run)
}

async function refreshRun(db: Db, run: Run): Promise<void> {
  const tasks = await readTasks(db, { run: run.id })
  await changeMessagesAbout(db, { of: 'run', id: run.id }, () => runCard(run.label, run.account, tasks))
}

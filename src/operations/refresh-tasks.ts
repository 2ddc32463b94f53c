import type { Task } from '../domain/task.ts'
import { changeMessagesKeyed } from '../store/keyed-messages.ts'
import { findRunOrNone } from '../store/playbook-runs.ts'
import type { Db } from '../store/tables.ts'
import { readTasks } from '../store/tasks.ts'
import { runCard, withTask } from '../views/task-card.ts'

/** Every message that speaks of a task shows it as it is now. */
export async function refreshTaskMessages(db: Db, task: Task): Promise<void> {
  await changeMessagesKeyed(db, `task:${task.id}`, card => withTask(card, task))
  const run = task.run === undefined ? undefined : await findRunOrNone(db, task.run)
  if (run === undefined) return
  const tasks = await readTasks(db, { run: run.id })
  await changeMessagesKeyed(db, `run:${run.id}`, () => runCard(run.label, run.account, tasks))
}

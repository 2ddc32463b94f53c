import type { Context } from '../context.ts'
import { groupedBy } from '../domain/grouped.ts'
import { DAY, type Instant } from '../domain/instant.ts'
import type { Task } from '../domain/task.ts'
import { isAlertUntold } from '../store/alerts-opened.ts'
import { inTransaction } from '../store/database.ts'
import { addMessage, type Destination, threadsOfAlert } from '../store/outbox.ts'
import { type Run, runsToTell } from '../store/playbook-runs.ts'
import type { Db } from '../store/tables.ts'
import { readTasks } from '../store/tasks.ts'
import { oneTaskCard, runCard } from '../views/task-card.ts'
import { directMessageOrNone } from './alert-destinations.ts'

/** What was started longer ago and never told stays in `/health tasks`. */
const NEWS = 7 * DAY

/** Puts the task lists of playbooks that began into the outbox, each once: in the alert's thread, else to who does it. */
export async function tellPlays({ connection, settings, clock, wakeSender }: Context): Promise<void> {
  const now = clock()
  for (const run of await runsToTell(connection.db, now - NEWS)) {
    if (run.alert !== undefined && (await isAlertUntold(connection.db, run.alert))) continue
    await inTransaction(connection.db, db => tellRun(db, run, settings().routes.admins[0], now))
    wakeSender()
  }
}

async function tellRun(db: Db, run: Run, admin: string | undefined, now: Instant): Promise<void> {
  const tasks = await readTasks(db, { run: run.id })
  const [thread] = run.alert === undefined ? [] : await threadsOfAlert(db, run.alert)
  const assignees = [...groupedBy(tasks, ({ assignee }) => assignee?.email).keys()].filter(email => email !== undefined)
  const place = thread ?? (await directMessageOrNone(db, assignees[0] ?? admin))
  if (place === undefined) return
  const card = runCard(run.label, run.account, tasks)
  await addMessage(db, { ...place, key: `run:${run.id}`, card, alerts: [], at: now })
  for (const task of tasks) {
    const own = await directMessageOrNone(db, task.assignee?.email)
    if (own === undefined || !isHidden(place, task)) continue
    const key = `task:${task.id}:to:${own.to.slice(1)}`
    await addMessage(db, { ...own, key, card: oneTaskCard('A task for you', task), alerts: [], at: now })
  }
}

/** Direct messages are seen by one person only. */
function isHidden({ to }: Destination, { assignee }: Task): boolean {
  return to.startsWith('@') && assignee !== undefined && to !== `@${assignee.email}`
}

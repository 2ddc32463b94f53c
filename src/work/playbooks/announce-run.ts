import { isSameDestination } from '../../domain/delivery/destination.ts'
import { groupedBy } from '../../domain/grouped.ts'
import type { Task } from '../../domain/playbooks/task.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { addMessage } from '../../store/delivery/outbox.ts'
import { threadsOfAlert } from '../../store/delivery/threads.ts'
import type { Run } from '../../store/playbooks/playbook-runs.ts'
import { readTasks } from '../../store/playbooks/tasks.ts'
import type { Db } from '../../store/tables.ts'
import { runCard } from '../../views/playbooks/task-card.ts'
import { directMessageOrNone } from '../alerts/alert-destinations.ts'
import type { Place } from '../alerts/opened-message.ts'
import { assignedMessage } from './notify-assignee.ts'

/** Who hears of tasks that nobody can be found for, and when. */
export type Telling = { readonly admin: string | undefined; readonly now: Instant }

/** One task list, where its alert stands in channels and where the one is who does most of it: both are kept up to date. */
export async function announceRun(db: Db, run: Run, { admin, now }: Telling): Promise<void> {
  const tasks = await readTasks(db, { run: run.id })
  const threads = run.alert === undefined ? [] : await threadsOfAlert(db, run.alert)
  const channels = threads.filter(({ to }) => to.channel !== undefined)
  const direct = await directMessageOrNone(db, firstAssignee(tasks) ?? admin)
  const own = direct === undefined ? [] : [threads.find(({ to }) => isSameDestination(to, direct)) ?? { to: direct }]
  const others = own.length > 0 ? [] : threads.slice(0, 1)
  const places: readonly Place[] = [...(channels.length > 0 ? channels : others), ...own]
  await postRun(db, run, tasks, places, now)
  for (const task of tasks) {
    const own = await directMessageOrNone(db, task.assignee?.email)
    if (own === undefined || places.length === 0 || !places.every(place => isHidden(place, task))) continue
    await addMessage(db, assignedMessage(task, own, now))
  }
}

/** The task list in some places; where it stands already it is not posted again. */
export async function postRun(
  db: Db,
  run: Run,
  tasks: readonly Task[],
  places: readonly Place[],
  now: Instant,
): Promise<void> {
  const card = runCard(run.label, run.account, tasks)
  for (const place of places) {
    const key = { subject: { of: 'run', id: run.id }, purpose: 'tasks' } as const
    await addMessage(db, { ...key, ...place, card, alerts: [], at: now })
  }
}

function firstAssignee(tasks: readonly Task[]): string | undefined {
  return [...groupedBy(tasks, ({ assignee }) => assignee?.email).keys()].find(email => email !== undefined)
}

/** Direct messages are seen by one person only. */
function isHidden({ to: { person } }: Place, { assignee }: Task): boolean {
  return person !== undefined && assignee !== undefined && person !== assignee.email
}

import type { Destination } from '../../domain/delivery/destination.ts'
import type { Task } from '../../domain/playbooks/task.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { addMessage, type NewMessage } from '../../store/delivery/outbox.ts'
import type { Db } from '../../store/tables.ts'
import { oneTaskCard } from '../../views/playbooks/task-card.ts'
import { directMessageOrNone } from '../alerts/alert-destinations.ts'

/** Tells somebody once about a task that is assigned to them, unless they assigned it themselves. */
export async function notifyAssignee(db: Db, task: Task, by: string | undefined, now: Instant): Promise<void> {
  const email = task.assignee?.email
  const own = await directMessageOrNone(db, email)
  if (own === undefined || email === by) return
  await addMessage(db, assignedMessage(task, own, now))
}

export function assignedMessage(task: Task, to: Destination, at: Instant): NewMessage {
  const card = oneTaskCard('A task for you', task)
  return { subject: { of: 'task', id: task.id }, purpose: 'assigned', to, card, alerts: [], at }
}

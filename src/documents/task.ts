import { isOverdue, type Task } from '../domain/playbooks/task.ts'
import type { Instant } from '../domain/time/instant.ts'

/** A task as programs read it. */
export function taskDocument(task: Task, now: Instant) {
  return {
    id: task.id,
    account: task.account.id,
    account_name: task.account.name,
    title: task.title,
    state: task.state,
    due_at: new Date(task.dueAt).toISOString(),
    is_overdue: isOverdue(task, now),
    assignee: task.assignee?.email ?? null,
    ended_at: task.endedAt === undefined ? null : new Date(task.endedAt).toISOString(),
    quoted_note: task.note ?? null,
  }
}

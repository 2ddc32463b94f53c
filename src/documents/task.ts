import { isOverdue, type Task } from '../domain/playbooks/task.ts'
import type { Instant } from '../domain/time/instant.ts'
import { isoOrNull, isoTime } from '../domain/time/iso-time.ts'

/** A task as programs read it. */
export function taskDocument(task: Task, now: Instant) {
  return {
    id: task.id,
    account: task.account.id,
    account_name: task.account.name,
    title: task.title,
    state: task.state,
    due_at: isoTime(task.dueAt),
    is_overdue: isOverdue(task, now),
    assignee: task.assignee?.email ?? null,
    ended_at: isoOrNull(task.endedAt),
    quoted_note: task.note ?? null,
  }
}

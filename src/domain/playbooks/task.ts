import type { Account } from '../accounts/account.ts'
import type { Instant } from '../time/instant.ts'

/** One thing that one person should do for an account. */
export type Task = {
  readonly id: string
  readonly account: Account
  /** The alert that its playbook answers. */
  readonly alert?: {
    readonly id: string
    readonly kind: string
    readonly holder?: string
    readonly isResolved: boolean
  }
  /** The playbook's run that it belongs to; absent when somebody added it by hand. */
  readonly run?: string
  readonly title: string
  readonly role: string
  readonly assignee?: Assignee
  readonly state: TaskState
  readonly createdAt: Instant
  readonly dueAt: Instant
  /** When who had it could no longer act: it waits again since then. */
  readonly reopenedAt?: Instant
  readonly endedAt?: Instant
  /** The outcome of a done one, the reason of a skipped one. */
  readonly note?: string
  /** What somebody did with it last and can still undo. */
  readonly undo?: string
  /** How many steps of its escalation were taken. */
  readonly stepsTaken: number
}

export type Assignee = { readonly email: string; readonly name?: string; readonly timeZone?: string }

export type TaskState = 'open' | 'acknowledged' | 'done' | 'skipped'

/** Whose task it may be by its role: the account's owner, the owner's manager, the first admin. */
export const TASK_ROLES = ['csm', 'owner', 'manager', 'admin'] as const

/** What somebody does with a task. Only one that has not ended changes. */
export type TaskChange =
  | { readonly kind: 'acknowledge' }
  | { readonly kind: 'done'; readonly note?: string }
  | { readonly kind: 'skip'; readonly note: string }
  | { readonly kind: 'reassign'; readonly to: string }

export function hasEnded({ state }: Pick<Task, 'state'>): boolean {
  return state === 'done' || state === 'skipped'
}

export function isOverdue(task: Pick<Task, 'state' | 'dueAt'>, now: Instant): boolean {
  return !hasEnded(task) && task.dueAt < now
}

/** Overdue ones first, longest first; then by due time. */
export function mostUrgentFirst(a: Task, b: Task): number {
  return a.dueAt - b.dueAt || a.title.localeCompare(b.title)
}

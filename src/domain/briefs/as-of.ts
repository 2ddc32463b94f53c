import type { Alert } from '../alerts/alert.ts'
import type { Task } from '../playbooks/task.ts'
import type { Instant } from '../time/instant.ts'
import type { Period } from './attribute-facts.ts'

/** The alert as it stood at the period's end; absent where it was over before the period, or came after it. */
export function alertAsOfOrNone(alert: Alert, { since, until }: Period): Alert | undefined {
  const { openedAt, resolvedAt = Infinity, claimedAt = -Infinity } = alert
  if (openedAt > until || resolvedAt <= since) return undefined
  const isAsNow = claimedAt <= until && (resolvedAt <= until || resolvedAt === Infinity)
  return isAsNow ? alert : alertBefore(alert, until)
}

/** Without what was done with it later. */
function alertBefore({ claimedBy, claimedAt, ...alert }: Alert, until: Instant): Alert {
  const { resolvedAt: _, resolvedBy: __, resolution: ___, ...opened } = alert
  if (claimedBy === undefined || claimedAt === undefined || claimedAt > until) return { ...opened, state: 'open' }
  return { ...opened, state: 'claimed', claimedBy, claimedAt }
}

/** The same of a task; who has it is as it is now. */
export function taskAsOfOrNone<T extends Task>(task: T, { since, until }: Period): T | undefined {
  const { createdAt, endedAt = Infinity } = task
  if (createdAt > until || endedAt <= since) return undefined
  if (endedAt <= until || endedAt === Infinity) return task
  const { endedAt: _, note: __, ...begun } = task
  return { ...begun, state: 'open' } as T
}

export function isWithin({ since, until }: Period, at: Instant): boolean {
  return at > since && at <= until
}

import { hasEnded, type Task, type TaskChange } from '../../domain/playbooks/task.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Card } from '../card.ts'
import { noticeCard } from '../parts/answer-cards.ts'
import { agoText } from '../parts/evidence.ts'
import { dueText } from './task-card.ts'

export function changedTaskCard(task: Task, { kind }: TaskChange): Card {
  const { title, account, assignee } = task
  const what = `"${title}" for ${account.name}`
  switch (kind) {
    case 'acknowledge':
      return noticeCard('Acknowledged', `${what} is under way, ${dueText(task)}.`)
    case 'done':
      return noticeCard('Done', `${what} is done.`)
    case 'skip':
      return noticeCard('Skipped', `${what} is skipped.`)
    case 'reassign':
      return noticeCard('Reassigned', `${what} is now for ${assignee?.name ?? assignee?.email ?? 'nobody'}.`)
  }
}

/** For who came too late: how the task stands, since when, and who was first. */
export function unchangedTaskCard(task: Task, who: string, at: Instant, now: Instant): Card {
  const what = `"${task.title}" for ${task.account.name}`
  const words = { open: 'reassigned', acknowledged: 'acknowledged', done: 'did', skipped: 'skipped' }[task.state]
  const hint = hasEnded(task) && task.note !== undefined ? task.note : undefined
  return noticeCard('Nothing changed', `${who} ${words} ${what} ${agoText(at, now)}.`, hint)
}

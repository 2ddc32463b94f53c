import { hasEnded, type Task, type TaskChange } from '../../domain/playbooks/task.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Button, Card } from '../card.ts'
import { noticeCard } from '../parts/answer-cards.ts'
import { agoText } from '../scoring/evidence.ts'
import { dueText } from './task-card.ts'

/** What was done, with a way back for ten minutes; `alert` is one that has nothing left to be done for it. */
export function changedTaskCard(task: Task, change: TaskChange, alert?: string): Card {
  const resolve: Button[] =
    alert === undefined ? [] : [{ label: 'Resolve the alert', action: 'resolve', value: alert, opensForm: true }]
  const undo: Button[] = task.undo === undefined ? [] : [{ label: 'Undo', action: 'undo', value: task.undo }]
  const buttons = [...resolve, ...undo]
  return { ...sentenceOf(task, change), ...(buttons.length > 0 && { buttons }) }
}

function sentenceOf(task: Task, { kind }: TaskChange): Card {
  const { title, account, assignee } = task
  const what = `"${title}" for ${account.name}`
  switch (kind) {
    case 'acknowledge':
      return noticeCard('Acknowledged', `${what} is under way, ${dueText(task)}.`)
    case 'done':
      return noticeCard('Done', `${what}.`)
    case 'skip':
      return noticeCard('Skipped', `${what}.`)
    case 'reassign':
      return noticeCard('Reassigned', `${what} is now for ${assignee?.name ?? assignee?.email ?? 'nobody'}.`)
  }
}

/** For somebody who came too late: the state of the task, since when, and who was first. */
export function unchangedTaskCard(task: Task, who: string, at: Instant, now: Instant): Card {
  const what = `"${task.title}" for ${task.account.name}`
  const words = { open: 'reassigned', acknowledged: 'acknowledged', done: 'did', skipped: 'skipped' }[task.state]
  const hint = hasEnded(task) && task.note !== undefined ? task.note : undefined
  return noticeCard('Nothing changed', `${who} ${words} ${what} ${agoText(at, now)}.`, hint)
}

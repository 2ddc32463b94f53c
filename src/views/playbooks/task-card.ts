import { counted } from '../../domain/counted.ts'
import { hasEnded, isOverdue, type Task } from '../../domain/playbooks/task.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Button, Card, Item } from '../card.ts'

/** The tasks of one playbook's run, kept up to date as they are done. */
export function runCard(
  label: string,
  account: { readonly id: string; readonly name: string },
  tasks: readonly Task[],
): Card {
  const left = tasks.filter(task => !hasEnded(task)).length
  const summary =
    left === 0
      ? `${label} for ${account.name}: everything is done or skipped.`
      : `${label} for ${account.name}: ${counted(left, 'task')} to do.`
  return {
    title: `${label} · ${account.name}`,
    summary,
    parts: [
      { kind: 'list', items: tasks.map(task => taskItem(task)) },
      ...(left === 0 ? [{ kind: 'text' as const, quiet: true, text: summary }] : []),
    ],
    buttons: changeButtons(tasks),
  }
}

/** Somebody's open tasks, or those of an account. */
export function tasksCard(title: string, tasks: readonly Task[], now: Instant, empty: string, account?: string): Card {
  const add = account === undefined ? [] : [addButton(account)]
  const overdue = tasks.filter(task => isOverdue(task, now)).length
  const count = counted(tasks.length, 'open task')
  const summary = tasks.length === 0 ? empty : `${count}, ${overdue} overdue.`
  return {
    title,
    summary,
    parts: [
      { kind: 'text', text: summary, quiet: tasks.length > 0 },
      ...(tasks.length === 0 ? [] : [{ kind: 'list' as const, items: tasks.map(task => taskItem(task, now)) }]),
    ],
    buttons: [...changeButtons(tasks), ...add],
  }
}

/** One task that somebody should hear of: it was given to them, or it waits too long. */
export function oneTaskCard(title: string, task: Task, now?: Instant): Card {
  const summary = `${task.title} (${task.account.name}), ${dueText(task)}.`
  return {
    title,
    summary,
    parts: [{ kind: 'list', items: [taskItem(task, now)] }],
    buttons: [...changeButtons([task]), { label: 'Show account', action: 'show', value: task.account.id }],
  }
}

/** The same message after the task changed. */
export function withTask(card: Card, task: Task): Card {
  return { ...oneTaskCard(card.title, task), summary: card.summary }
}

/** The same card with the line about a task as it stands now. */
export function withTaskLine(card: Card, task: Task): Card {
  const { button, ...restated } = taskItem(task)
  const anew = (item: Item): Item => {
    if (item.about !== restated.about) return item
    const { button: before, ...rest } = { ...item, ...restated }
    const offered = before?.action === 'task-reassign' && !hasEnded(task) ? before : button
    return { ...rest, ...(offered !== undefined && { button: offered }) }
  }
  return {
    ...card,
    parts: card.parts.map(part => (part.kind === 'list' ? { ...part, items: part.items.map(anew) } : part)),
  }
}

export function taskItem(task: Task, now?: Instant): Item {
  const { assignee, title, account, state, note } = task
  const who = assignee === undefined ? 'Nobody yet' : (assignee.name ?? assignee.email)
  const isLate = now !== undefined && isOverdue(task, now)
  const words: Readonly<Record<Task['state'], string>> = {
    open: `${who} · ${isLate ? 'overdue, was ' : ''}${dueText(task)}`,
    acknowledged: `${who} is on it · ${isLate ? 'overdue, was ' : ''}${dueText(task)}`,
    done: `Done: ${note ?? ''}`,
    skipped: `Skipped: ${note ?? ''}`,
  }
  const button = buttonOf(task)
  return {
    tone: state === 'done' ? 'good' : isLate ? 'bad' : 'neutral',
    lead: title,
    text: account.name,
    note: words[state],
    about: `task:${task.id}`,
    ...(button !== undefined && { button }),
  }
}

function buttonOf({ id, state }: Task): Button | undefined {
  if (state === 'open') return { label: 'Acknowledge', action: 'task-acknowledge', value: id }
  return state === 'acknowledged'
    ? { label: 'Done', action: 'task-done', value: id, opensForm: true, style: 'primary' }
    : undefined
}

/** A press carries the ids of the tasks it may mean; few enough for what platforms let a button carry. */
const MOST_MEANT = 40

function changeButtons(tasks: readonly Task[]): Button[] {
  const open = tasks.filter(task => !hasEnded(task)).slice(0, MOST_MEANT)
  if (open.length === 0) return []
  const value = open.map(({ id }) => id).join(',')
  const [only, ...others] = open
  // a single one that is being worked on has that button beside it
  const isDoneBeside = others.length === 0 && only?.state === 'acknowledged'
  return [
    ...(isDoneBeside
      ? []
      : [{ label: 'Done', action: 'task-done', value, opensForm: true, style: 'primary' } as const]),
    { label: 'Skip', action: 'task-skip', value, opensForm: true },
    { label: 'Reassign', action: 'task-reassign', value, opensForm: true },
  ]
}

/** "due Tue 3 Nov, 15:00 GMT+1", by the clock of the one who does it. */
export function dueText({ dueAt, assignee }: Pick<Task, 'dueAt' | 'assignee'>): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: assignee?.timeZone ?? 'UTC',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  })
  return `due ${format.format(dueAt)}`
}

function addButton(account: string): Button {
  return { label: 'Add task', action: 'task-add', value: account, opensForm: true }
}

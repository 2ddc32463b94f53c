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
      { kind: 'list', items: tasks.map(task => ({ ...taskItem(task), text: '' })) },
      ...(left === 0 ? [{ kind: 'text' as const, quiet: true, text: summary }] : []),
    ],
    buttons: left === 0 ? resolveButtons(tasks) : changeButtons(tasks),
  }
}

/** Once all that was to be done for an alert has ended, the alert may end too. */
function resolveButtons(tasks: readonly Task[]): Button[] {
  const alert = tasks.find(({ alert }) => alert !== undefined && !alert.isResolved)?.alert
  if (alert === undefined) return []
  return [{ label: 'Resolve the alert', action: 'resolve', value: alert.id, opensForm: true, style: 'primary' }]
}

/** Somebody's open tasks, or those of an account. */
export function tasksCard(title: string, tasks: readonly Task[], now: Instant, empty: string, account?: string): Card {
  const add = account === undefined ? [] : [addButton(account)]
  // The title of the list of one account names it.
  const itemOf = (task: Task) => ({ ...taskItem(task, now), ...(account !== undefined && { text: '' }) })
  const overdue = tasks.filter(task => isOverdue(task, now)).length
  const count = counted(tasks.length, 'open task')
  const summary = tasks.length === 0 ? empty : `${count}${overdue === 0 ? '' : `, ${overdue} overdue`}.`
  return {
    title,
    summary,
    parts: [
      { kind: 'text', text: summary, quiet: tasks.length > 0 },
      ...(tasks.length === 0 ? [] : [{ kind: 'list' as const, items: tasks.map(itemOf) }]),
    ],
    buttons: changeButtons(tasks),
    menu: add,
  }
}

/** One task that somebody should know about: it was assigned to them, or it is overdue. */
export function oneTaskCard(title: string, task: Task, now?: Instant): Card {
  const summary = `${task.title} (${task.account.name}), ${dueText(task)}.`
  return {
    title,
    summary,
    parts: [{ kind: 'list', items: [taskItem(task, now)] }],
    buttons: changeButtons([task]),
    menu: [{ label: 'Show account', action: 'show', value: task.account.id }],
  }
}

/** The same message after the task changed. */
export function withTask(card: Card, task: Task): Card {
  return { ...oneTaskCard(card.title, task), summary: card.summary }
}

/** The same card with the line about a task as it stands now; who is asked to give it on goes on being asked. */
export function withTaskLine(card: Card, task: Task): Card {
  const anew = (item: Item): Item => {
    if (item.about !== `task:${task.id}`) return item
    const isForGiving = item.button?.action === 'task-reassign' && !hasEnded(task)
    return isForGiving ? withOnly(taskItem(task), item.button) : taskItem(task)
  }
  return {
    ...card,
    parts: card.parts.map(part => (part.kind === 'list' ? { ...part, items: part.items.map(anew) } : part)),
  }
}

/** The same line with one button beside it, in the place of its own. */
export function withOnly({ choices: _, ...item }: Item, button: Button): Item {
  return { ...item, button }
}

export function taskItem(task: Task, now?: Instant): Item {
  const { assignee, title, account, state } = task
  const who = assignee === undefined ? 'Nobody yet' : (assignee.name ?? assignee.email)
  const isLate = now !== undefined && isOverdue(task, now)
  const until = `${isLate ? 'overdue, was ' : ''}${dueText(task)}`
  const words: Readonly<Record<Task['state'], string>> = {
    open: `○ ${who} · ${until}`,
    acknowledged: `● ${who} is on it · ${until}`,
    done: taskStateText(task),
    skipped: taskStateText(task),
  }
  return {
    tone: state === 'done' ? 'good' : isLate ? 'bad' : 'neutral',
    lead: title,
    text: account.name,
    note: words[state],
    about: `task:${task.id}`,
    choices: choicesOf(task),
  }
}

/** "✓ Done: They called back." */
export function taskStateText({ state, note, assignee }: Task): string {
  const said = note === undefined || note === '' ? '' : `: ${note}`
  switch (state) {
    case 'open':
      return 'Open'
    case 'acknowledged':
      return `${assignee?.name ?? assignee?.email ?? 'Somebody'} is on it`
    case 'done':
      return `✓ Done${said}`
    case 'skipped':
      return `– Skipped${said}`
  }
}

function choicesOf({ id, state, undo }: Task): Button[] {
  const done: Button = { label: 'Done', action: 'task-done', value: id, style: 'primary' }
  if (state === 'open') return [done, { label: 'Acknowledge', action: 'task-acknowledge', value: id }]
  if (state === 'acknowledged') return [done]
  return undo === undefined ? [] : [{ label: 'Undo', action: 'undo', value: undo }]
}

/** A button carries the ids of the tasks it may mean: few enough for the platforms' limits. */
const MOST_MEANT = 40

function changeButtons(tasks: readonly Task[]): Button[] {
  const open = tasks.filter(task => !hasEnded(task)).slice(0, MOST_MEANT)
  if (open.length === 0) return []
  const value = open.map(({ id }) => id).join(',')
  return [
    { label: 'Done, with a note', action: 'task-note', value, opensForm: true },
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

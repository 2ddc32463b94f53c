import type { Alert } from '../../domain/alerts/alert.ts'
import type { BriefTask } from '../../domain/briefs/brief.ts'
import { hasEnded, isOverdue } from '../../domain/playbooks/task.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'
import { KIND_WORDS } from '../alerts/alert-words.ts'
import type { Cell, TablePart } from '../card.ts'
import type { BriefReader, Section } from './section.ts'

type Row = { readonly isOpen: boolean; readonly at: Instant; readonly cells: readonly Cell[] }

const COLUMNS = [
  { label: 'What' },
  { label: 'Who' },
  { label: 'Since' },
  { label: 'Due' },
  { label: 'What came of it' },
]

const MOST = 30

/** What was promised and done: alerts and tasks, with who and when; what is open first, then the latest. */
export const promiseParts: Section = (_, { alerts, tasks, health, since }, reader) => {
  const rows = [
    ...alerts.map(alert => alertRow(alert, reader)),
    ...tasks.map(task => taskRow(task, health.now.at, reader)),
  ].sort((a, b) => Number(b.isOpen) - Number(a.isOpen) || b.at - a.at)
  const caption = 'What was promised and done'
  if (rows.length === 0) {
    const text = `No alert and no task was open since ${dayIn(reader.timeZone, since)}.`
    return [{ kind: 'list', heading: caption, items: [{ text }] }]
  }
  const table: TablePart = {
    kind: 'table',
    caption,
    columns: COLUMNS,
    rows: rows.slice(0, MOST).map(({ cells }) => cells),
  }
  const left = rows.length - MOST
  return [table, ...(left > 0 ? [{ kind: 'text' as const, quiet: true, text: `And ${left} earlier ones.` }] : [])]
}

function alertRow(alert: Alert, { timeZone, nameOf }: BriefReader): Row {
  const { kind, reason, openedAt, claimedBy, claimedAt, resolvedAt, resolvedBy, resolution, state } = alert
  const isOpen = resolvedAt === undefined
  const claimed = claimedAt === undefined ? '' : `, claimed ${dayIn(timeZone, claimedAt)}`
  const ended = resolvedAt === undefined ? '' : `Resolved ${dayIn(timeZone, resolvedAt)}`
  const how = resolution ?? (resolvedBy === undefined ? 'its rule no longer holds' : nameOf(resolvedBy))
  return {
    isOpen,
    at: resolvedAt ?? openedAt,
    cells: [
      { text: `Alert: ${KIND_WORDS[kind]}. ${reason}` },
      { text: claimedBy === undefined ? 'Nobody' : nameOf(claimedBy) },
      { text: dayIn(timeZone, openedAt) },
      { text: '' },
      isOpen
        ? {
            text: `${state === 'snoozed' ? 'Snoozed' : 'Open'}${claimed}`,
            tone: claimedBy === undefined ? 'bad' : 'warn',
          }
        : { text: `${ended}${claimed}: ${how}`, tone: 'good' },
    ],
  }
}

function taskRow(task: BriefTask, now: Instant, { timeZone, nameOf }: BriefReader): Row {
  const { title, playbook, assignee, createdAt, dueAt, endedAt, note, state } = task
  const ended = endedAt === undefined ? '' : ` ${dayIn(timeZone, endedAt)}`
  const said = note === undefined || note === '' ? '' : `: ${note}`
  return {
    isOpen: !hasEnded(task),
    at: endedAt ?? createdAt,
    cells: [
      { text: playbook === undefined ? `Task: ${title}` : `Task: ${title} (${playbook})` },
      { text: assignee === undefined ? 'Nobody' : nameOf(assignee.email) },
      { text: dayIn(timeZone, createdAt) },
      { text: dayIn(timeZone, dueAt) },
      hasEnded(task)
        ? {
            text: `${state === 'done' ? 'Done' : 'Skipped'}${ended}${said}`,
            tone: state === 'done' ? 'good' : 'neutral',
          }
        : { text: isOverdue(task, now) ? 'Overdue' : 'Open', tone: isOverdue(task, now) ? 'bad' : 'warn' },
    ],
  }
}

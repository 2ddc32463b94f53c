import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import type { Model } from '../../domain/model/model.ts'
import type { Task } from '../../domain/playbooks/task.ts'
import { MOST_LINES, stormItems } from '../alerts/storm-card.ts'
import type { Card, Item, TextPart } from '../card.ts'
import { tallyText, unclaimedTally } from '../parts/tally.ts'
import { dueText } from './task-card.ts'

/** More alerts than anybody would read one by one that escalated to one place at once. */
export function manyUnclaimedCard(model: Model, alerts: readonly AlertDetails[]): Card {
  const tally = unclaimedTally(
    alerts.map(({ id }) => id),
    '# alerts are waiting: nobody has claimed them yet.',
    '1 alert waits for somebody: nobody has claimed it yet.',
  )
  const said: TextPart = { kind: 'text', text: tallyText(tally), tally }
  return listCard('Not claimed yet', said, stormItems(model, alerts), alerts.length, '/health alerts unclaimed')
}

/** The same of overdue tasks, the longest overdue first. */
export function manyOverdueCard(tasks: readonly Task[]): Card {
  const first = [...tasks].sort((a, b) => a.dueAt - b.dueAt).slice(0, MOST_LINES)
  const items = first.map(
    (task): Item => ({
      lead: task.account.name,
      text: task.title,
      note: dueText(task),
      button: { label: 'Show tasks', action: 'tasks', value: task.account.id },
    }),
  )
  return listCard(
    'Overdue tasks',
    { kind: 'text', text: `${tasks.length} tasks are overdue.` },
    items,
    tasks.length,
    '/health tasks',
  )
}

function listCard(title: string, said: TextPart, items: readonly Item[], count: number, command: string): Card {
  const rest = count - items.length
  const text = rest === 0 ? `${command} lists them all.` : `And ${rest} more: ${command}.`
  return {
    title,
    summary: said.text,
    parts: [said, { kind: 'list', items }, { kind: 'text', quiet: true, text }],
  }
}

import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import { mostUrgentFirst } from '../../domain/alerts/alert-kind.ts'
import { counted } from '../../domain/counted.ts'
import type { Model } from '../../domain/model/model.ts'
import type { Task } from '../../domain/playbooks/task.ts'
import type { Button, Card, Item, Part } from '../card.ts'
import { taskItem, withOnly } from '../playbooks/task-card.ts'
import { toneOf } from '../scoring/status-text.ts'
import { aboutAlert, alertNote, lineButton } from './alert-line.ts'
import { KIND_WORDS } from './alert-words.ts'

/** What is open about an account or was held by somebody: its alerts and tasks. */
export type OpenThings = { readonly alerts: readonly AlertDetails[]; readonly tasks: readonly Task[] }

const MOST_LINES = 15

/** For admins: somebody can no longer act, and what they held waits for somebody else, each line with a way to give it on. */
export function releasedCard(model: Model, who: string, things: OpenThings): Card {
  const sentence = `${who}. What they held is open again: ${countText(things)}.`
  const assign = (alert: AlertDetails): Button => ({
    label: 'Assign',
    action: 'assign',
    value: alert.id,
    opensForm: true,
  })
  const reassign = ({ id }: Task): Button => ({ label: 'Assign', action: 'task-reassign', value: id, opensForm: true })
  return {
    title: 'Open again',
    summary: sentence,
    parts: [
      { kind: 'text', text: sentence },
      ...listOf(
        things.alerts.toSorted(mostUrgentFirst).map(alert => ({ ...alertLine(model, alert), button: assign(alert) })),
        '/health alerts unclaimed',
      ),
      ...listOf(
        things.tasks.map(task => withOnly(taskItem(task), reassign(task))),
        '/health tasks NAME',
      ),
    ],
  }
}

/** For somebody who has become the owner of an account: what is open about it, and who holds it. */
export function newOwnerCard(
  model: Model,
  account: { readonly id: string; readonly name: string },
  things: OpenThings,
): Card {
  const sentence = `${account.name} is yours now. Open: ${countText(things)}.`
  return {
    title: account.name,
    summary: sentence,
    parts: [
      { kind: 'text', text: sentence },
      ...listOf(
        things.alerts
          .toSorted(mostUrgentFirst)
          .map(alert => ({ ...alertLine(model, alert), button: lineButton(alert) })),
        '/health alerts mine',
      ),
      ...listOf(
        things.tasks.map(task => taskItem(task)),
        `/health tasks ${account.name}`,
      ),
    ],
    buttons: [
      { label: 'Show account', action: 'show', value: account.id },
      { label: 'Handover brief', action: 'brief', value: `${account.id} handover` },
    ],
  }
}

function alertLine(model: Model, alert: AlertDetails): Item {
  return {
    tone: toneOf(model, alert.verdict),
    lead: alert.account.name,
    text: KIND_WORDS[alert.kind],
    note: alertNote(alert),
    about: aboutAlert(alert.id),
  }
}

function listOf(items: readonly Item[], command: string): Part[] {
  const rest = items.length - MOST_LINES
  return [
    ...(items.length === 0 ? [] : [{ kind: 'list' as const, items: items.slice(0, MOST_LINES) }]),
    ...(rest > 0 ? [{ kind: 'text' as const, quiet: true, text: `And ${rest} more: ${command}.` }] : []),
  ]
}

/** "2 alerts and 1 task" */
export function countText({
  alerts,
  tasks,
}: {
  readonly alerts: { length: number }
  readonly tasks: { length: number }
}): string {
  const named = ({ length }: { length: number }, word: string) => (length === 0 ? [] : [counted(length, word)])
  return [...named(alerts, 'alert'), ...named(tasks, 'task')].join(' and ')
}

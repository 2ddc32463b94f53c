import type { Task } from '../../domain/playbooks/task.ts'
import type { Card } from '../card.ts'
import { dueText } from './task-card.ts'

const MOST_LINES = 10

export type StartedRun = {
  readonly run: { readonly label: string; readonly account: { readonly id: string; readonly name: string } }
  readonly tasks: readonly Task[]
}

/** More playbooks at once than anybody would read one by one: what is due first, and where the rest is. */
export function manyRunsCard(started: readonly StartedRun[]): Card {
  const count = started.reduce((sum, { tasks }) => sum + tasks.length, 0)
  const summary = `${count} tasks started for you at once, about ${started.length} accounts. A data source may be at fault rather than the customers.`
  const first = [...started].sort((a, b) => earliest(a) - earliest(b)).slice(0, MOST_LINES)
  const rest = started.length - first.length
  return {
    title: 'Many tasks at once',
    summary,
    parts: [
      { kind: 'text', text: summary },
      {
        kind: 'list',
        items: first.map(({ run, tasks }) => ({
          lead: run.account.name,
          text: run.label,
          note: noteOf(tasks),
          button: { label: 'Show tasks', action: 'tasks', value: run.account.id },
        })),
      },
      {
        kind: 'text',
        quiet: true,
        text: rest === 0 ? '/health tasks lists them all.' : `And ${rest} more: /health tasks.`,
      },
    ],
  }
}

function earliest({ tasks }: StartedRun): number {
  return Math.min(...tasks.map(({ dueAt }) => dueAt))
}

function noteOf(tasks: readonly Task[]): string {
  const [first] = [...tasks].sort((a, b) => a.dueAt - b.dueAt)
  if (first === undefined) return 'Nothing to do.'
  const more = tasks.length === 1 ? '' : `, and ${tasks.length - 1} more`
  return `${first.title}, ${dueText(first)}${more}`
}

import type { Alert } from '../../domain/alerts/alert.ts'
import { counted } from '../../domain/counted.ts'
import type { Model } from '../../domain/model/model.ts'
import type { Outcome } from '../../domain/outcomes/outcome.ts'
import type { Postmortem } from '../../domain/outcomes/postmortem.ts'
import type { Task } from '../../domain/playbooks/task.ts'
import { dayOf } from '../../domain/time/instant.ts'
import { KIND_WORDS } from '../alerts/alert-words.ts'
import type { Card, Item, Part } from '../card.ts'
import { nameOfMeasure } from './measure-name.ts'

export type ShownPostmortem = Postmortem & {
  readonly account: { readonly id: string; readonly name: string }
  readonly outcome: Outcome
  readonly alerts: readonly Alert[]
  readonly tasks: readonly Task[]
}

/** What the score said before, what moved first, what was raised and done, and what would have told earlier. */
export function postmortemCard(model: Model, found: ShownPostmortem): Card {
  const { account, outcome, looks, alerts, tasks, earlier, neverKnown } = found
  const why = outcome.reasonCode === undefined ? '' : `, because of ${outcome.reasonCode}`
  const summary = `${account.name} ${outcome.kind} on ${outcome.on}${why}. ${warning(found)}`
  return {
    title: `Post-mortem: ${account.name}`,
    summary,
    parts: [
      { kind: 'text', text: summary },
      {
        kind: 'facts',
        facts: looks.map(({ days, look }) => ({ label: `${days} days before`, value: scoreText(model, look) })),
      },
      ...(found.firstMoved === undefined ? [] : [{ kind: 'text' as const, text: firstText(model, found.firstMoved) }]),
      ...list('Alerts', alerts.map(alertItem)),
      ...list('What was done', tasks.map(taskItem)),
      ...(alerts.length + tasks.length > 0
        ? []
        : [{ kind: 'text' as const, text: 'No alert was raised in the year before, and no task was set.' }]),
      ...list(
        'Was bad before the score was',
        earlier.map(({ measure, days, score }) => ({
          lead: nameOfMeasure(model, measure),
          text: `${Math.round(score)} of 100, ${days} days before`,
        })),
      ),
      ...list(
        'Never known',
        neverKnown.map(measure => ({
          text: nameOfMeasure(model, measure),
          note: 'No reading on any of these days; is its source connected?',
        })),
      ),
      { kind: 'text', quiet: true, text: 'As known on each day. What came first need not be the cause.' },
    ],
  }
}

function warning({ warned, looks }: ShownPostmortem): string {
  if (looks.every(({ look }) => look.score === undefined)) return 'It had no score on any of these days.'
  return warned === undefined
    ? 'The score was healthy up to the end.'
    : `The score was below healthy from ${counted(warned, 'day')} before on.`
}

function scoreText({ bands }: Model, { score, verdict }: Postmortem['looks'][number]['look']): string {
  if (score === undefined) return 'no score'
  const band = bands.find(({ id }) => id === verdict)
  return `${score.shown}, ${band?.label ?? 'not enough data for a verdict'}`
}

function firstText({ components }: Model, { component, days, fall }: NonNullable<Postmortem['firstMoved']>): string {
  const label = components.find(({ id }) => id === component)?.label ?? component
  return `${label} moved first: it fell by ${Math.round(fall)} of its 100 points by ${counted(days, 'day')} before.`
}

function alertItem({ kind, openedAt, claimedBy, claimedAt, resolvedAt, resolution }: Alert): Item {
  const claimed =
    claimedBy === undefined
      ? 'nobody claimed it'
      : `claimed by ${claimedBy}${claimedAt === undefined ? '' : ` on ${dayOf(claimedAt)}`}`
  const ended = resolvedAt === undefined ? 'never resolved' : `resolved on ${dayOf(resolvedAt)}`
  return {
    lead: dayOf(openedAt),
    text: `${KIND_WORDS[kind]}: ${claimed}, ${ended}`,
    ...(resolution !== undefined && { note: resolution }),
  }
}

function taskItem({ title, state, assignee, endedAt, note }: Task): Item {
  const who = assignee === undefined ? '' : `, ${assignee.name ?? assignee.email}`
  return {
    lead: title,
    text: `${state}${endedAt === undefined ? '' : ` on ${dayOf(endedAt)}`}${who}`,
    ...(note !== undefined && { note }),
  }
}

function list(heading: string, items: readonly Item[]): Part[] {
  return items.length === 0 ? [] : [{ kind: 'list', heading, items }]
}

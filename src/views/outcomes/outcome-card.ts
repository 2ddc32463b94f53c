import type { Outcome, OutcomeKind } from '../../domain/outcomes/outcome.ts'
import type { Card, Item, Tone } from '../card.ts'
import { moneyText } from '../parts/amounts.ts'
import { noticeCard } from '../parts/answer-cards.ts'

type Named = { readonly id: string; readonly name: string }

export const OUTCOME_WORDS: Readonly<Record<OutcomeKind, { readonly label: string; readonly tone: Tone }>> = {
  churned: { label: 'Churned', tone: 'bad' },
  contracted: { label: 'Contracted', tone: 'warn' },
  renewed: { label: 'Renewed', tone: 'good' },
  expanded: { label: 'Expanded', tone: 'good' },
}

/** What was recorded just now; a customer that left may be taken out of the rounds too. */
export function outcomeCard(
  { id, name }: Named,
  outcome: Outcome,
  about: { readonly isNew: boolean; readonly isRetired: boolean; readonly sameDay: readonly Outcome[] },
): Card {
  const { kind, on, reasonCode } = outcome
  const why = reasonCode === undefined ? '' : `, because of ${reasonCode}`
  const sentence = about.isNew
    ? `Recorded: ${name} ${kind} on ${on}${why}.`
    : `That ${name} ${kind} on ${on} was recorded already; nothing changed.`
  const others = about.sameDay.filter(other => other.kind !== kind).map(other => other.kind)
  const both = others.length === 0 ? undefined : `That day also has ${others.join(' and ')}: the worst one counts.`
  const card = noticeCard(name, sentence, both)
  if (kind !== 'churned' || about.isRetired) return card
  const question = `${name} still counts as a customer and is scored. Retire it too?`
  return {
    ...card,
    parts: [...card.parts, { kind: 'text', text: question }],
    buttons: [{ label: 'Retire it', action: 'retire', value: `${id} ${on}` }],
  }
}

/** What is recorded of one account, newest first. */
export function outcomesCard({ id, name }: Named, outcomes: readonly Outcome[]): Card {
  const hint = `To record one, write /health outcome ${id} churned --on 2026-10-01 --reason price.`
  const buttons = [{ label: 'Record an outcome', action: 'outcome' as const, value: id, opensForm: true }]
  if (outcomes.length === 0) return { ...noticeCard(name, `No outcome of ${name} is recorded yet.`, hint), buttons }
  const summary = `What happened to ${name}`
  return {
    title: `Outcomes: ${name}`,
    summary,
    parts: [
      { kind: 'list', heading: summary, items: outcomes.toReversed().map(itemOf) },
      { kind: 'text', quiet: true, text: hint },
    ],
    buttons,
  }
}

function itemOf({ kind, on, arr, reasonCode, note, source }: Outcome): Item {
  const { label, tone } = OUTCOME_WORDS[kind]
  const parts = [reasonCode, arr === undefined ? undefined : `ARR ${moneyText(arr)}`, `from ${source}`]
  return {
    tone,
    lead: on,
    text: [label, ...parts.filter(part => part !== undefined)].join(', '),
    ...(note !== undefined && { note }),
  }
}

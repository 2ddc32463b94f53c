import type { AlertKind } from '../../domain/alerts/alert-kind.ts'
import type { Model } from '../../domain/model/model.ts'
import type { RuleWorth } from '../../domain/outcomes/review.ts'
import type { Floor } from '../../domain/outcomes/trust/trust.ts'
import { percent } from '../../domain/percent.ts'
import { dayOf, type Instant } from '../../domain/time/instant.ts'
import { KIND_WORDS } from '../alerts/alert-words.ts'
import type { Card, Item, Part } from '../card.ts'
import { shareText } from './estimate-text.ts'
import { FLOOR_WORDS, RESULT_WORDS, type ShownTrust, trustCard } from './trust-card.ts'

export type ShownReview = {
  readonly quarter: string
  readonly trust: ShownTrust
  /** What the review before this one showed. */
  readonly before?: { readonly at: Instant; readonly version: string; readonly floors: readonly Floor[] } | undefined
  readonly rules: readonly RuleWorth[]
  readonly silentRules: readonly AlertKind[]
  readonly idleComponents: readonly string[]
  readonly idlePlays: readonly string[]
}

/** The trust report, the change since the last one, and what never mattered: for admins, once a quarter. */
export function reviewCard(model: Model, review: ShownReview): Card {
  const { quarter, trust } = review
  const report = trustCard(model, trust)
  return {
    title: `Quarterly review, ${quarter}`,
    summary: report.summary,
    parts: [
      ...report.parts,
      { kind: 'text', text: changeText(review) },
      ...list('Rules: what people said, and what followed', review.rules.map(ruleItem)),
      ...list('Never mattered', idleItems(model, review)),
    ],
    buttons: [{ label: 'Mark as reviewed', action: 'review-done', value: quarter, style: 'primary' }],
  }
}

function changeText({ trust, before }: ShownReview): string {
  if (before === undefined) return 'This is the first review: there is none to compare with.'
  const changed = trust.floors.flatMap(({ id, result }) => {
    const then = before.floors.find(floor => floor.id === id)?.result
    return then === undefined || then === result
      ? []
      : [`"${FLOOR_WORDS[id]}" was ${RESULT_WORDS[then]} and is ${RESULT_WORDS[result]}`]
  })
  const model = before.version === trust.model.version ? '' : ' The model changed since.'
  const since = `Since ${dayOf(before.at)}`
  return `${since} ${changed.length === 0 ? 'no floor changed' : changed.join('; ')}.${model}`
}

function ruleItem({ kind, feedback, outcomes, followed }: RuleWorth): Item {
  const said =
    feedback.precision === undefined
      ? 'nobody rated its alerts'
      : `people found ${percent(feedback.precision)} of the rated alerts useful`
  const came =
    outcomes === undefined || followed < 10
      ? `${followed} of the 10 outcomes needed`
      : `${shareText(outcomes)} of ${followed} left or shrank within 180 days`
  return { lead: KIND_WORDS[kind], text: `${said}; ${came}` }
}

function idleItems({ components }: Model, { silentRules, idleComponents, idlePlays }: ShownReview): Item[] {
  const labels = idleComponents.map(id => components.find(component => component.id === id)?.label ?? id)
  return [
    ...labels.map(label => ({ lead: label, text: 'this component cannot be told from chance' })),
    ...silentRules.map(kind => ({ lead: KIND_WORDS[kind], text: 'this rule raised no alert this quarter' })),
    ...idlePlays.map(label => ({ lead: label, text: 'this playbook did not start this quarter' })),
  ]
}

function list(heading: string, items: readonly Item[]): Part[] {
  return items.length === 0 ? [] : [{ kind: 'list', heading, items }]
}

import { counted } from '../../domain/counted.ts'
import type { Model } from '../../domain/model/model.ts'
import type { ModelUse } from '../../domain/model/model-use.ts'
import type { Remedy } from '../../domain/outcomes/trust/remedies.ts'
import type { Floor, FloorId, FloorResult, Portfolio } from '../../domain/outcomes/trust/trust.ts'
import { percent } from '../../domain/percent.ts'
import { dayOf, type Instant } from '../../domain/time/instant.ts'
import type { Card, Item, Part, Tone } from '../card.ts'
import { numberText } from '../scoring/evidence.ts'
import { decimals, shareText } from './estimate-text.ts'
import { nameOfMeasure } from './measure-name.ts'
import { versionParts } from './model-versions.ts'

export type ShownTrust = {
  readonly model: Pick<Model, 'name' | 'version'>
  readonly floors: readonly Floor[]
  readonly churned: number
  readonly others: number
  readonly unscored: number
  readonly portfolio: Portfolio
  readonly remedies: readonly Remedy[]
  readonly versions: readonly ModelUse[]
}

/** What a score must reach to be trusted: four floors, each with its interval, and what would fix one that failed. */
export function trustCard(model: Model, trust: ShownTrust): Card {
  const summary = trustSentence(trust.floors)
  const { churned, others, unscored, remedies, versions, floors } = trust
  const counts = `${counted(churned, 'churn')}, ${counted(others, 'other outcome')}`
  const without = unscored === 0 ? '' : `, ${unscored} of them without a score 90 days before`
  return {
    title: 'Can the score be trusted?',
    summary,
    parts: [
      { kind: 'text', text: summary },
      { kind: 'list', items: trust.floors.map(floor => floorItem(floor, trust)) },
      ...list('What would help', helpItems(model, floors, remedies)),
      ...versionParts(versions),
      {
        kind: 'text',
        quiet: true,
        text: `${counts}${without}. Scores as known then. Intervals are 95%. Contractions count among the others.`,
      },
    ],
  }
}

/** One line for the model's card. */
export function trustLine(floors: readonly Floor[], at: Instant): string {
  return `${trustSentence(floors)} As of ${dayOf(at)}; /health trust looks again.`
}

function trustSentence(floors: readonly Floor[]): string {
  const of = (result: FloorResult) => floors.filter(floor => floor.result === result)
  const [passed, failed, open] = [of('pass'), of('fail'), of('too_few')]
  if (open.length === floors.length) return 'Not enough outcomes yet to say whether the score can be trusted.'
  const parts = [
    ...(failed.length === 0 ? [] : [`fails ${failed.length}`]),
    ...(passed.length === 0 ? [] : [`passes ${passed.length}`]),
    ...(open.length === 0 ? [] : [`leaves ${open.length} open`]),
  ]
  return `Of four floors the score ${parts.join(', ')}.`
}

const TONES: Readonly<Record<FloorResult, Tone>> = { pass: 'good', fail: 'bad', too_few: 'neutral' }
export const RESULT_WORDS: Readonly<Record<FloorResult, string>> = {
  pass: 'pass',
  fail: 'fail',
  too_few: 'not enough outcomes yet',
}

const NO_PORTFOLIO = 'open, since more than a quarter of them churned, which is not a portfolio'

export const FLOOR_WORDS: Readonly<Record<FloorId, string>> = {
  risk_lift: 'Accounts at risk churn at least 3 times as often as all',
  recall_below_healthy: 'Two thirds of those who left were below healthy 90 or 60 days before',
  share_healthy: 'At most 80% of the customers are healthy',
  monotone: 'More points never mean more churn',
}

function floorItem(floor: Floor, trust: ShownTrust): Item {
  const note = valueText(floor, trust)
  return {
    tone: TONES[floor.result],
    lead: `${FLOOR_WORDS[floor.id]}:`,
    text: floor.isNoPortfolio ? NO_PORTFOLIO : RESULT_WORDS[floor.result],
    ...(note !== undefined && { note }),
  }
}

function valueText(
  { id, value, low = 0, high = 0 }: Floor,
  { portfolio, churned, others }: ShownTrust,
): string | undefined {
  if (value === undefined) return undefined
  switch (id) {
    case 'risk_lift':
      return `${decimals(value)} times (${decimals(low)} to ${decimals(high)})`
    case 'recall_below_healthy':
      return shareText({ value, low, high })
    case 'share_healthy':
      return `${percent(value)}: ${portfolio.healthy} of ${counted(portfolio.withVerdict, 'customer')} with a verdict`
    case 'monotone':
      if (churned === 0) return 'nobody churned, so there was nothing to get wrong'
      if (others === 0) return 'all churned, so there was nothing to get wrong'
      return value === 0
        ? 'no fifth churned more than the one below'
        : `${counted(value, 'fifth')} churned more than the one below`
  }
}

/** A failed floor without a remedy says so: nothing in the model would fix it. */
function helpItems(model: Model, floors: readonly Floor[], remedies: readonly Remedy[]): Item[] {
  if (remedies.length > 0) return remedies.map(remedy => ({ text: remedyText(model, remedy) }))
  return floors.some(({ result }) => result === 'fail') ? [{ text: NOTHING_TO_TURN }] : []
}

const NOTHING_TO_TURN =
  'No line and no measure of this model would fix it. Connect what changes before customers leave, such as use, tickets or payments.'

function remedyText(model: Model, remedy: Remedy): string {
  if (remedy.kind === 'line') {
    const [from, to] = [numberText(remedy.from), remedy.to]
    switch (remedy.floor) {
      case 'risk_lift':
        return `The band at risk is too wide: below ${to} instead of ${from}, accounts churned 3 times as often as all.`
      case 'recall_below_healthy':
        return `The healthy band is too wide: two thirds of those who left were below ${to}; it begins at ${from}.`
      case 'share_healthy':
        return `The healthy band is too wide: if it began at ${to} instead of ${from}, at most 80% of the customers would be in it.`
    }
  }
  const name = nameOfMeasure(model, remedy.measure)
  if (remedy.coverage < 0.5)
    return `${name} tells the most, and only ${percent(remedy.coverage)} of the accounts had it.`
  const weight = remedy.share === 0 ? 'has no weight' : `weighs only ${percent(remedy.share)}`
  return `${name} tells the most and ${weight}.`
}

function list(heading: string, items: readonly Item[]): Part[] {
  return items.length === 0 ? [] : [{ kind: 'list', heading, items }]
}

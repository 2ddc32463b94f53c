import type { Model } from '../../domain/model/model.ts'
import { dayOf } from '../../domain/time/instant.ts'
import { divergenceText } from '../alerts/divergence-text.ts'
import type { Card, Part } from '../card.ts'
import { type ScoreStyle, statusBadge } from '../scoring/status-text.ts'
import { whyText } from '../scoring/why.ts'
import { accountButtons } from './account-buttons.ts'
import { accountFacts, coverageText } from './account-facts.ts'
import { accountLines } from './account-lines.ts'
import type { AccountSummary } from './account-summary.ts'
import { movesTable } from './moves-table.ts'
import { scoreChart } from './score-chart.ts'

export type { AccountSummary } from './account-summary.ts'

/** The account at a glance: what it is now, why, what to do next; then the details. */
export function accountCard(model: Model, summary: AccountSummary, style?: ScoreStyle): Card {
  const { account, health, verdict, chance, divergence } = summary
  const badge = statusBadge(model, health.now.score?.shown, verdict, style)
  const direction = health.direction === undefined ? '' : `, ${health.direction}`
  const moves = movesTable(model, health, summary.timeZone)
  const why = whyText(model, health)
  return {
    title: account.name,
    badge,
    summary: `${account.name}: ${badge.text}${direction}. ${why}`,
    parts: [
      ...retirementParts(summary),
      { kind: 'list', items: accountLines(model, summary, why) },
      ...scoreChart(model, summary),
      ...(moves === undefined ? [] : [moves]),
      ...(chance === undefined ? [] : [{ kind: 'text' as const, text: chance }]),
      { kind: 'facts', facts: accountFacts(summary) },
      ...(divergence === undefined ? [] : [divergencePart(divergence)]),
      { kind: 'text', quiet: true, text: coverageText(model, health) },
    ],
    ...accountButtons(summary),
  }
}

export function retirementParts({ retirement }: AccountSummary): Part[] {
  if (retirement === undefined) return []
  const { since, reason } = retirement
  return [{ kind: 'text', text: `No longer a customer since ${dayOf(since)}: ${reason}.` }]
}

function divergencePart({ isOwn, ...divergence }: NonNullable<AccountSummary['divergence']>): Part {
  return { kind: 'text', text: divergenceText(divergence, isOwn) }
}

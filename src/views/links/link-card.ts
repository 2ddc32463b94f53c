import type { Model } from '../../domain/model/model.ts'
import { accountButtons } from '../accounts/account-buttons.ts'
import { retirementParts } from '../accounts/account-card.ts'
import { accountFacts } from '../accounts/account-facts.ts'
import { accountLines } from '../accounts/account-lines.ts'
import type { AccountSummary } from '../accounts/account-summary.ts'
import type { Card } from '../card.ts'
import { type ScoreStyle, statusBadge } from '../scoring/status-text.ts'
import { whyText } from '../scoring/why.ts'

/** The account next to a link to its page: the answer in three lines and the facts, without the details. */
export function linkCard(model: Model, summary: AccountSummary, style?: ScoreStyle): Card {
  const { account, health, verdict } = summary
  const badge = statusBadge(model, health.now.score?.shown, verdict, style)
  const why = whyText(model, health)
  return {
    title: account.name,
    badge,
    summary: `${account.name}: ${badge.text}. ${why}`,
    parts: [
      ...retirementParts(summary),
      { kind: 'list', items: accountLines(model, summary, why) },
      { kind: 'facts', facts: accountFacts(summary) },
    ],
    ...accountButtons(summary),
  }
}

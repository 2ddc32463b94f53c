import { counted } from '../../domain/counted.ts'
import type { DigestNews } from '../../domain/digests/digest.ts'
import type { DigestAccount } from '../../domain/digests/digest-account.ts'
import type { Model } from '../../domain/model/model.ts'
import type { PortfolioReview, Programme, Trend } from '../../domain/portfolio/review.ts'
import type { Card, Fact, Item, Part } from '../card.ts'
import { arrWords } from '../parts/account-line.ts'
import { dayText, moneyText, signed } from '../parts/amounts.ts'
import { toneOf, verdictWords } from '../scoring/status-text.ts'
import { type DigestHead, newsParts } from './digest-card.ts'

/** The weekly portfolio review: where it stands, what changed since the last message to this channel, what is coming up, what was done, and which accounts have no owner. */
export function portfolioDigestCard(
  model: Model,
  head: DigestHead,
  review: PortfolioReview,
  news: DigestNews,
  atStake?: string,
): Card {
  const title = `The portfolio, ${head.date}${head.isLate ? ' (late)' : ''}`
  const line = trendText(review.trend)
  return {
    title,
    summary: `${title}: ${line}`,
    parts: [
      { kind: 'text', text: line },
      ...(review.bands.length === 0
        ? []
        : [{ kind: 'facts' as const, facts: review.bands.map(band => bandFact(model, head, band)) }]),
      ...(atStake === undefined || !head.showArr ? [] : [{ kind: 'text' as const, text: atStake }]),
      ...newsParts(model, head, news),
      ...list(
        'Renewals in the next 90 days',
        review.renewals.map(account => renewalItem(model, head, account)),
      ),
      { kind: 'text', text: programmeText(review.programme) },
      ...list(
        'Accounts without an owner',
        review.unowned.map(account => accountItem(model, account, String(account.shown ?? 'No score'))),
      ),
    ],
  }
}

function trendText({ now, weekAgo, monthAgo }: Trend): string {
  if (now === undefined) return 'No account has a score yet.'
  const since = (before: number | undefined, words: string) =>
    before === undefined ? [] : [`${signed(tenth(tenth(now) - tenth(before)))} ${words}`]
  return [`Mean score ${tenth(now)}`, ...since(weekAgo, 'in a week'), ...since(monthAgo, 'in 30 days')].join(', ')
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10 || 0
}

function bandFact(model: Model, { showArr }: DigestHead, band: PortfolioReview['bands'][number]): Fact {
  const count = counted(band.accounts, 'account')
  return {
    label: verdictWords(model, band.verdict),
    value: showArr ? `${count} · ARR ${moneyText(band.arr)}` : count,
  }
}

function programmeText({ opened, claimed, resolved, tasksDone, pulses }: Programme): string {
  return `This week: alerts opened ${opened}, claimed ${claimed}, resolved ${resolved}; tasks done ${tasksDone}; pulses taken ${pulses}.`
}

function list(heading: string, items: Item[]): Part[] {
  return items.length === 0 ? [] : [{ kind: 'list', heading: `${heading} (${items.length})`, items }]
}

function renewalItem(model: Model, { at, showArr }: DigestHead, account: DigestAccount): Item {
  const { verdict, renewalOn } = account
  const worth = showArr ? arrWords(account) : []
  const words = [dayText(renewalOn ?? '', at), verdictWords(model, verdict), ...worth]
  return accountItem(model, account, words.join(' · '))
}

function accountItem(model: Model, { id, name, verdict }: DigestAccount, text: string): Item {
  return { tone: toneOf(model, verdict), lead: name, text, button: { label: 'Show', action: 'show', value: id } }
}

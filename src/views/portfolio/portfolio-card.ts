import { counted } from '../../domain/counted.ts'
import type { Model } from '../../domain/model/model.ts'
import type { Card, Item } from '../card.ts'
import { type AccountLine, arrWords, changeWords } from '../parts/account-line.ts'
import { type ScoreStyle, statusBadge } from '../scoring/status-text.ts'

/** How many accounts are shown; the rest is counted. */
const MOST_LINES = 20

/** `total` is how many there are; with `isMore` there are more than that. */
export type PortfolioPage = {
  readonly lines: readonly AccountLine[]
  readonly total: number
  readonly isMore?: boolean
}

/** Accounts one below the other, each with a button to its card. */
export function portfolioCard(
  model: Model,
  title: string,
  { lines, total, isMore = false }: PortfolioPage,
  empty: string,
  styleOf?: (shown: number) => ScoreStyle,
  atStake?: string,
): Card {
  const shown = lines.slice(0, MOST_LINES)
  const rest = total - shown.length
  const moreThan = isMore ? 'more than ' : ''
  return {
    title,
    summary: total === 0 ? empty : `${title}: ${moreThan}${counted(total, 'account')}`,
    parts: [
      ...(total === 0 ? [{ kind: 'text' as const, text: empty }] : []),
      ...(atStake === undefined ? [] : [{ kind: 'text' as const, text: atStake }]),
      ...(shown.length === 0
        ? []
        : [{ kind: 'list' as const, items: shown.map(line => lineItem(model, line, styleOf)) }]),
      ...(rest === 0
        ? []
        : [
            {
              kind: 'text' as const,
              quiet: true,
              text: `And ${moreThan}${rest} more. Narrow it with /health list BAND.`,
            },
          ]),
    ],
  }
}

function lineItem(model: Model, line: AccountLine, styleOf?: (shown: number) => ScoreStyle): Item {
  const { id, name, verdict, shown, reason } = line
  const { tone, text } = statusBadge(model, shown, verdict, shown === undefined ? undefined : styleOf?.(shown))
  return {
    tone,
    lead: name,
    text: [text, ...changeWords(line), ...arrWords(line)].join(' · '),
    note: reason,
    button: { label: 'Show', action: 'show', value: id },
  }
}

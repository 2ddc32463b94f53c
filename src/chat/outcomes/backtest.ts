import { DAY } from '../../domain/time/instant.ts'
import { BotError } from '../../errors.ts'
import { parseDuration } from '../../model/schema/fields.ts'
import { backtestCard } from '../../views/outcomes/backtest-card.ts'
import type { Command } from '../command.ts'
import { notUnderstood } from '../words/naming-rest.ts'
import { longStudy } from './long-study.ts'

/** What the score said before each outcome, against what happened: `90d`, `last 20`. */
export const backtest: Command = async (context, request, rest) => {
  const { settings, study, clock } = context
  const { model, routes } = settings
  const run = { model, scoring: routes.scoring, now: clock(), ...wordsOf(rest) }
  return longStudy(context, request, 'Backtest', async watch => backtestCard(model, await study.backtest(run, watch)))
}

function wordsOf(rest: string): { readonly leadDays: number; readonly last?: number } {
  const text = rest.trim().toLowerCase().replaceAll('—', '--')
  const last = /(?:^|\s)(?:--)?last[\s=]+(\d{1,6})(?:\s|$)/.exec(text)
  const lead = /(?:^|\s)(?:(?:--)?lead[\s=]+)?(\d+[a-z])(?:\s|$)/.exec(text)
  const others = [last, lead]
    .reduce((left, match) => (match === null ? left : left.replace(match[0], ' ')), text)
    .trim()
  const days = lead === null ? 90 : (parseDuration(lead[1] ?? '') ?? 0) / DAY
  if (others !== '' || !Number.isInteger(days) || days < 1 || days > 365 || last?.[1] === '0') {
    throw new BotError(
      'no_backtest',
      notUnderstood(rest),
      'Write /health backtest 90d, or /health backtest 180d last 20.',
    )
  }
  return { leadDays: days, ...(last !== null && { last: Number(last[1]) }) }
}

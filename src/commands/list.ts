import { fallenFirst, foldBand, worstFirst } from '../domain/portfolio.ts'
import { UNKNOWN } from '../domain/settle.ts'
import { BotError } from '../errors.ts'
import { nearestOf } from '../nearest.ts'
import { scoreStylesFor } from '../operations/score-style.ts'
import { readPortfolio } from '../store/portfolio.ts'
import { portfolioCard } from '../views/portfolio-card.ts'
import { verdictWords } from '../views/standing.ts'
import type { Command } from './command.ts'
import { audienceOf } from './with-account.ts'
import { withArrOnlyIf } from './with-arr.ts'

/** The portfolio, or a band of it. */
export const list: Command = async (context, request, rest) => {
  const { model } = context.settings()
  const wanted = foldBand(rest)
  const bands = [...model.bands.map(({ id }) => id), UNKNOWN]
  if (wanted !== '' && wanted !== 'falling' && !bands.map(foldBand).includes(wanted)) {
    const nearest = nearestOf(wanted, bands)
    const guess = nearest === undefined ? '' : `Did you mean /health list ${nearest}? `
    throw new BotError('no_band', `There is no band "${rest}".`, `${guess}There are ${bands.join(', ')}.`)
  }
  const portfolio = await readPortfolio(context.connection.db, context.clock())
  const lines = portfolio
    .filter(line => wanted === '' || wanted === 'falling' || foldBand(line.verdict) === wanted)
    .filter(line => wanted !== 'falling' || (line.change ?? 0) < 0)
    .sort(wanted === 'falling' ? fallenFirst : worstFirst)
  const title = wanted === '' ? 'Portfolio' : wanted === 'falling' ? 'Falling' : verdictWords(model, wanted)
  const styleOf = await scoreStylesFor(context, request.actor, portfolio)
  const allowed = withArrOnlyIf(context, request, lines)
  const card = portfolioCard(model, title, allowed.lines, 'No account is like that.', styleOf)
  return { kind: 'card', card, audience: audienceOf(request), isMasked: allowed.isMasked }
}

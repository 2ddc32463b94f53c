import { foldBand } from '../domain/portfolio.ts'
import { UNKNOWN } from '../domain/settle.ts'
import { BotError } from '../errors.ts'
import { nearestOf } from '../nearest.ts'
import { scoreStylesFor } from '../operations/score-style.ts'
import { readPage } from '../store/portfolio.ts'
import { MOST_LINES, portfolioCard } from '../views/portfolio-card.ts'
import { verdictWords } from '../views/standing.ts'
import type { Command } from './command.ts'
import { audienceOf } from './with-account.ts'
import { withArrOnlyIf } from './with-arr.ts'

/** The portfolio, or a band of it. */
export const list: Command = async (context, request, rest) => {
  const { model } = context.settings()
  const wanted = foldBand(rest)
  const bands = [...model.bands.map(({ id }) => id), UNKNOWN]
  const verdict = bands.find(band => foldBand(band) === wanted)
  const isFalling = wanted === 'falling'
  if (wanted !== '' && !isFalling && verdict === undefined) {
    const nearest = nearestOf(wanted, bands)
    const guess = nearest === undefined ? '' : `Did you mean /health list ${nearest}? `
    throw new BotError('no_band', `There is no band "${rest}".`, `${guess}There are ${bands.join(', ')}.`)
  }
  const page = await readPage(context.connection.db, context.clock(), {
    isFalling,
    most: MOST_LINES,
    ...(verdict !== undefined && { verdict }),
  })
  const title = isFalling ? 'Falling' : verdict === undefined ? 'Portfolio' : verdictWords(model, verdict)
  const styleOf = await scoreStylesFor(context, request.actor)
  const allowed = withArrOnlyIf(context, request, page.lines)
  const card = portfolioCard(model, title, { ...page, lines: allowed.lines }, 'No account is like that.', styleOf)
  return { kind: 'card', card, audience: audienceOf(request), isMasked: allowed.isMasked }
}

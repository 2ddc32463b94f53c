import { foldBand } from '../../domain/accounts/portfolio.ts'
import { quoted } from '../../domain/quoted.ts'
import { UNKNOWN } from '../../domain/scoring/settle.ts'
import { BotError } from '../../errors.ts'
import { nearestOf } from '../../nearest.ts'
import { readPage } from '../../store/accounts/portfolio-page.ts'
import { MOST_LINES, portfolioCard } from '../../views/accounts/portfolio-card.ts'
import { verdictWords } from '../../views/parts/status-text.ts'
import { atStake } from '../../work/outcomes/at-stake.ts'
import type { Command } from '../command.ts'
import { namingRest } from '../words/naming-rest.ts'
import { scoreStylesFor } from './score-style.ts'
import { audienceOf } from './with-account.ts'
import { withArrOnlyIf } from './with-arr.ts'

/** The portfolio, or a band of it. */
export const list: Command = async (context, request, rest) => {
  const { model } = context.settings
  const bands = [...model.bands.map(({ id }) => id), UNKNOWN]
  const { band, left } = bandIn(rest, [...bands, FALLING, RETIRED])
  const [isFalling, isRetired] = [band === FALLING, band === RETIRED]
  const verdict = isFalling || isRetired ? undefined : band
  if (band === undefined && left !== '') {
    const nearest = nearestOf(foldBand(left), bands)
    const guess = nearest === undefined ? '' : `Did you mean /health list ${nearest}? `
    throw new BotError('no_band', `There is no band ${quoted(left)}.`, `${guess}There are ${bands.join(', ')}.`)
  }
  const page = await readPage(context.connection.db, context.clock(), {
    isFalling,
    isRetired,
    most: MOST_LINES,
    ...(verdict !== undefined && { verdict }),
  })
  const whole = isFalling ? 'Falling' : isRetired ? 'Retired' : 'Portfolio'
  const title = verdict === undefined ? whole : verdictWords(model, verdict)
  const styleOf = await scoreStylesFor(context, request.actor)
  const allowed = withArrOnlyIf(context, request, page.lines)
  const stake =
    band === undefined && !allowed.isMasked ? await atStake(context.connection.db, model.version) : undefined
  const card = portfolioCard(model, title, { ...page, lines: allowed.lines }, 'No accounts match.', styleOf, stake)
  return namingRest({ kind: 'card', card, audience: audienceOf(request), isMasked: allowed.isMasked }, left)
}

const FALLING = 'falling'
/** The accounts that are not customers anymore. */
const RETIRED = 'retired'

/** The band that the first words name, and the words after it. */
function bandIn(text: string, bands: readonly string[]): { band?: string; left: string } {
  const words = text.split(/\s+/).filter(word => word !== '')
  for (let length = words.length; length > 0; length -= 1) {
    const wanted = foldBand(words.slice(0, length).join(' '))
    const band = bands.find(band => foldBand(band) === wanted)
    if (band !== undefined) return { band, left: words.slice(length).join(' ') }
  }
  return { left: words.join(' ') }
}

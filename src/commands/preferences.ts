import { SCORE_FORMATS } from '../domain/score-format.ts'
import { BotError } from '../errors.ts'
import { nearestOf } from '../nearest.ts'
import { preferFormat, preferredFormat } from '../operations/score-style.ts'
import { preferencesCard } from '../views/preferences-card.ts'
import type { Command } from './command.ts'

/** How the caller sees scores: shows it, or with `score FORMAT` changes it. Nobody else needs to know. */
export const preferences: Command = async (context, request, rest) => {
  const [subject = '', wanted = '', ...more] = rest.toLowerCase().split(/\s+/)
  if (subject === '') {
    const format = await preferredFormat(context, request.actor)
    return { kind: 'card', card: preferencesCard(format), audience: 'caller' }
  }
  const format = SCORE_FORMATS.find(format => format === wanted)
  if (subject !== 'score' || format === undefined || more.length > 0) throw refusal(wanted)
  await preferFormat(context, request.actor, format)
  return { kind: 'card', card: preferencesCard(format), audience: 'caller' }
}

function refusal(wanted: string): BotError {
  const nearest = nearestOf(wanted, SCORE_FORMATS)
  const guess = wanted === '' || nearest === undefined ? '' : `Did you mean /health preferences score ${nearest}? `
  const ways = SCORE_FORMATS.map(format => `/health preferences score ${format}`).join(', ')
  return new BotError('no_preference', 'That is no preference that I know.', `${guess}There are ${ways}.`)
}

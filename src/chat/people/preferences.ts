import type { Context } from '../../context.ts'
import { maskedFeed } from '../../domain/meetings/meeting.ts'
import { SCORE_FORMATS } from '../../domain/scoring/score-format.ts'
import { BotError } from '../../errors.ts'
import { nearestOf } from '../../nearest.ts'
import { feedOrNone } from '../../store/people/calendar-feeds.ts'
import { choicesOf } from '../../store/people/choices.ts'
import { preferencesCard } from '../../views/people/preferences-card.ts'
import { identify } from '../../work/people/identify.ts'
import { LAST_USED, preferPlatform, preferredPlatform } from '../../work/people/preferred-platform.ts'
import { preferFormat, preferredFormat } from '../accounts/score-style.ts'
import type { Command } from '../command.ts'
import { notUnderstood } from '../words/naming-rest.ts'

type Asked = Parameters<Command>[1]

/** How the caller sees scores and where they are written to: shows it, or changes it. Nobody else needs to know. */
export const preferences: Command = async (context, request, rest) => {
  const [subject = '', wanted = '', ...more] = rest.toLowerCase().split(/\s+/)
  const choices = { score: [...SCORE_FORMATS], messages: [...context.chats.keys(), LAST_USED] }
  if (subject !== '') {
    const known = subject === 'messages' ? choices.messages : choices.score
    if (!(subject in choices) || more.length > 0 || !known.some(word => word === wanted)) {
      throw refusal(subject === 'messages' ? 'messages' : 'score', known, wanted, rest)
    }
    if (subject === 'messages') await preferPlatform(context, request.actor, wanted)
    const format = SCORE_FORMATS.find(format => format === wanted)
    if (format !== undefined) await preferFormat(context, request.actor, format)
  }
  return { kind: 'card', card: await cardFor(context, request, choices.messages), audience: 'caller' }
}

async function cardFor(context: Context, { actor }: Asked, places: readonly string[]) {
  // This finds out who they are, so that what they chose on another platform is known next.
  const { email } = await identify(context, actor)
  const choices = email === undefined ? undefined : await choicesOf(context.connection.db, email)
  const feed = email === undefined ? undefined : await feedOrNone(context.connection.db, email)
  const shown = {
    format: await preferredFormat(context, actor),
    ...(choices !== undefined && { choices }),
    ...(feed !== undefined && { calendar: maskedFeed(feed) }),
  }
  // With one platform there is nothing to choose.
  if (context.chats.size < 2) return preferencesCard(shown)
  return preferencesCard({ ...shown, messages: { chosen: await preferredPlatform(context, actor), places } })
}

function refusal(subject: string, known: readonly string[], wanted: string, said: string): BotError {
  const nearest = nearestOf(wanted, known)
  const guess = wanted === '' || nearest === undefined ? '' : `Did you mean /health preferences ${subject} ${nearest}? `
  const ways = known.map(word => `/health preferences ${subject} ${word}`).join(', ')
  return new BotError('no_preference', notUnderstood(said), `${guess}There are ${ways}.`)
}

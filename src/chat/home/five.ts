import { BotError } from '../../errors.ts'
import { fiveCard } from '../../views/home/morning-card.ts'
import { fiveOf } from '../../work/home/five-of.ts'
import { shownFiveOf } from '../../work/home/shown-five.ts'
import { identify } from '../../work/people/identify.ts'
import type { Command } from '../command.ts'
import { readerZone } from '../people/reader-zone.ts'

/** The few accounts of the caller with most at stake today. */
export const five: Command = async (context, request) => {
  const { email } = await identify(context, request.actor)
  if (email === undefined) {
    throw new BotError(
      'no_email',
      'I cannot see your e-mail address, so I do not know your accounts.',
      'Write /health list.',
    )
  }
  const now = context.clock()
  const shown = shownFiveOf(await fiveOf(context, email, now))
  const card = fiveCard(context.settings.model, shown, { email, timeZone: await readerZone(context, request), now })
  return { kind: 'card', card, audience: 'caller' }
}

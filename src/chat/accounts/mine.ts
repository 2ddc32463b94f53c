import { readPage } from '../../store/accounts/portfolio-page.ts'
import { MOST_LINES, portfolioCard } from '../../views/accounts/portfolio-card.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { identify } from '../../work/people/identify.ts'
import type { Command } from '../command.ts'
import { scoreStylesFor } from './score-style.ts'
import { audienceOf } from './with-account.ts'
import { withArrOnlyIf } from './with-arr.ts'

/** The caller's own accounts. */
export const mine: Command = async (context, request) => {
  const caller = await identify(context, request.actor)
  const audience = audienceOf(request)
  if (caller.email === undefined) {
    const hint = 'The app needs the scope users:read.email. Until then: /health NAME, /health list.'
    return {
      kind: 'card',
      audience,
      card: noticeCard('Who are you?', 'I cannot see your e-mail address, so I do not know your accounts.', hint),
    }
  }
  const own = await readPage(context.connection.db, context.clock(), { owner: caller.email, most: MOST_LINES })
  const empty = caller.isKnown
    ? `No account has ${caller.email} as its owner. /health list shows all of them.`
    : `I do not know ${caller.email} yet: an admin can add you with \`rounds import people\`. /health list shows every account.`
  const styleOf = await scoreStylesFor(context, request.actor)
  const allowed = withArrOnlyIf(context, request, own.lines)
  const card = portfolioCard(context.settings.model, 'Your accounts', { ...own, lines: allowed.lines }, empty, styleOf)
  return { kind: 'card', card, audience, isMasked: allowed.isMasked }
}

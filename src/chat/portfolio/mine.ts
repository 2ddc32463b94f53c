import { noticeCard } from '../../views/parts/answer-cards.ts'
import { identify } from '../../work/people/identify.ts'
import { audienceOf } from '../accounts/find/with-account.ts'
import type { Command } from '../command.ts'
import { listOf } from './list.ts'

/** The caller's own accounts. */
export const mine: Command = async (context, request) => {
  const caller = await identify(context, request.actor)
  if (caller.email === undefined) {
    const hint = 'The app needs the scope users:read.email. Until then: /health NAME, /health list.'
    return {
      kind: 'card',
      audience: audienceOf(request),
      card: noticeCard('Who are you?', 'I cannot see your e-mail address, so I do not know your accounts.', hint),
    }
  }
  const empty = caller.isKnown
    ? `No account has ${caller.email} as its owner. /health list shows all of them.`
    : `I do not know ${caller.email} yet: an admin can add you with \`rounds import people\`. /health list shows every account.`
  return listOf(context, request, { owner: 'me' }, { title: 'Your accounts', empty })
}

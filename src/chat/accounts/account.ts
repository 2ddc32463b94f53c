import type { Context } from '../../context.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { accountCard } from '../../views/accounts/account-card.ts'
import { travelCard } from '../../views/accounts/travel-card.ts'
import type { Card } from '../../views/card.ts'
import type { Command } from '../command.ts'
import { readerZone } from '../people/reader-zone.ts'
import { parseAccountWords } from '../words/account-words.ts'
import { namingRest } from '../words/naming-rest.ts'
import { audienceOf, withAccount } from './find/with-account.ts'
import { movesCard } from './moves.ts'
import { seenAccount } from './seen-account.ts'
import { travelTo } from './travel.ts'

/** The account's card: now, as of a past day, or what moved since then. */
export const account: Command = async (context, request, words) => {
  const now = context.clock()
  const timeZone = await readerZone(context, request)
  const { name, asOf, since, rest = '' } = parseAccountWords(words, now, timeZone)
  const reply = await withAccount(context, request, name, 'show', async found => {
    const audience = audienceOf(request)
    if (asOf !== undefined) return { kind: 'card', card: await asOfCard(context, found, asOf, timeZone), audience }
    if (since !== undefined)
      return { kind: 'card', card: await movesCard(context, found, { since, now, timeZone }), audience }
    const { summary, style, isMasked } = await seenAccount(context, { ...request, timeZone }, found, now)
    const card = accountCard(context.settings.model, summary, style)
    return {
      kind: 'card',
      card: request.isPrivate ? { ...card, shows: `"${found.id}"` } : card,
      audience,
      isMasked,
    }
  })
  return namingRest(reply, rest)
}

async function asOfCard(
  { connection, settings }: Context,
  account: ListedAccount,
  at: Instant,
  timeZone: string,
): Promise<Card> {
  const { model } = settings
  return travelCard(model, await travelTo(connection, model, account, at, timeZone))
}

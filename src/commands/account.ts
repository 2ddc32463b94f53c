import type { Context } from '../context.ts'
import type { Instant } from '../domain/instant.ts'
import { assess } from '../domain/score.ts'
import { checkAccount } from '../operations/check-account.ts'
import { seenOf } from '../operations/confidences.ts'
import { ownDivergenceOrNone } from '../operations/own-divergence.ts'
import { scoreStyleFor } from '../operations/score-style.ts'
import { summariseAccount } from '../operations/summarise-account.ts'
import { travelTo } from '../operations/travel.ts'
import type { ListedAccount } from '../store/account-list.ts'
import { ownerOfAccount } from '../store/account-owner.ts'
import { accountCard } from '../views/account-card.ts'
import type { Card } from '../views/card.ts'
import { sinceCard } from '../views/since-card.ts'
import { travelCard } from '../views/travel-card.ts'
import { parseAccountWords } from './account-words.ts'
import type { Command } from './command.ts'
import { namingRest } from './naming-rest.ts'
import { readerZone } from './reader-zone.ts'
import { audienceOf, withAccount } from './with-account.ts'
import { withArrOnlyIf } from './with-arr.ts'

/** The account's card: now, as of a day gone by, or what moved since. */
export const account: Command = async (context, request, words) => {
  const now = context.clock()
  const timeZone = await readerZone(context, request)
  const { name, asOf, since, rest = '' } = parseAccountWords(words, now, timeZone)
  const reply = await withAccount(context, request, name, 'show', async found => {
    const audience = audienceOf(request)
    if (asOf !== undefined) return { kind: 'card', card: await asOfCard(context, found, asOf, timeZone), audience }
    if (since !== undefined)
      return { kind: 'card', card: await movesCard(context, found, { since, now, timeZone }), audience }
    const whole = await summariseAccount(context, found, now)
    const owner = await ownerOfAccount(context.connection.db, found.key, now)
    const { seen: alerts, isMasked: hidesAlerts } = await seenOf(context, request, whole.alerts, alert => ({
      kind: alert.kind,
      owner,
      holder: alert.claimedBy,
    }))
    const summary = { ...whole, alerts }
    const {
      lines: [allowed = summary],
      isMasked: hidesArr,
    } = withArrOnlyIf(context, request, [summary])
    const divergence = await ownDivergenceOrNone(context, request, found, now)
    const told = {
      ...allowed,
      timeZone: request.isPrivate ? timeZone : 'UTC',
      ...(divergence !== undefined && { divergence }),
    }
    const style = await scoreStyleFor(context, request.actor, found.key, summary.health.now.score?.shown)
    return {
      kind: 'card',
      card: accountCard(context.settings().model, told, style),
      audience,
      isMasked: hidesArr || hidesAlerts,
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
  const { model } = settings()
  return travelCard(model, await travelTo(connection, model, account, at, timeZone))
}

async function movesCard(
  { connection, settings }: Context,
  account: ListedAccount,
  { since, now, timeZone }: { readonly since: Instant; readonly now: Instant; readonly timeZone: string },
): Promise<Card> {
  const { model } = settings()
  const { observed, health, verdict } = await checkAccount(connection, model, account, now)
  return sinceCard(model, account, assess(model, observed, since), health.now, verdict, timeZone)
}

import type { Context } from '../../context.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { inSnapshot } from '../../store/engine/transaction.ts'
import { accountCard } from '../../views/accounts/account-card.ts'
import { travelCard } from '../../views/accounts/travel-card.ts'
import type { Card } from '../../views/card.ts'
import { checkAccount, ownerAt } from '../../work/accounts/check-account.ts'
import { seenOf } from '../../work/alerts/confidences.ts'
import { ownDivergenceOrNone } from '../../work/alerts/own-divergence.ts'
import type { Command } from '../command.ts'
import { readerZone } from '../people/reader-zone.ts'
import { parseAccountWords } from '../words/account-words.ts'
import { namingRest } from '../words/naming-rest.ts'
import { chanceOfAccount } from './chance-of-account.ts'
import { movesCard } from './moves.ts'
import { scoreStyleFor } from './score-style.ts'
import { summariseAccount } from './summarize-account.ts'
import { travelTo } from './travel.ts'
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
    const { checked, whole } = await inSnapshot(context.connection.db, async db => {
      const connection = { ...context.connection, db }
      const checked = await checkAccount(connection, context.settings.model, found, now)
      return { checked, whole: await summariseAccount({ connection }, checked, now) }
    })
    const owner = ownerAt(checked.observed, now)
    const { seen: alerts, isMasked: hidesAlerts } = await seenOf(context, request, whole.alerts, alert => ({
      kind: alert.kind,
      owner,
      holder: alert.claimedBy,
    }))
    const { seen: tasks, isMasked: hidesTasks } = await seenOf(context, request, whole.tasks ?? [], task => ({
      kind: task.alert?.kind ?? 'task',
      owner,
      holder: task.assignee?.email ?? task.alert?.holder,
    }))
    const summary = { ...whole, alerts, tasks }
    const {
      lines: [allowed = summary],
      isMasked: hidesArr,
    } = withArrOnlyIf(context, request, [summary])
    const divergence = await ownDivergenceOrNone(context, request, checked, now)
    const announced = {
      ...allowed,
      ...(await chanceOfAccount(context, allowed, now)),
      timeZone: request.isPrivate ? timeZone : 'UTC',
      ...(divergence !== undefined && { divergence }),
    }
    const style = await scoreStyleFor(context, request.actor, found.key, summary.health.now.score?.shown)
    const card = accountCard(context.settings.model, announced, style)
    return {
      kind: 'card',
      card: request.isPrivate ? { ...card, shows: `"${found.id}"` } : card,
      audience,
      isMasked: hidesArr || hidesAlerts || hidesTasks,
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

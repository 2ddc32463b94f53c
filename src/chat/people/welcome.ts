import type { Context } from '../../context.ts'
import { mayBeShared } from '../../delivery/shared-places.ts'
import { destinationName, isSameDestination } from '../../domain/delivery/destination.ts'
import { countCustomers } from '../../store/accounts/account-list.ts'
import { releasePlatform } from '../../store/delivery/parked.ts'
import { addReminder } from '../../store/people/reminders.ts'
import { newestScoringOrNone } from '../../store/scoring/statuses/current-status.ts'
import { channelWelcomeCard, welcomeCard } from '../../views/admin/welcome-card.ts'
import { sharedPlaceCard } from '../../views/parts/refusal-card.ts'
import { firstAccounts } from '../../work/home/first-accounts.ts'
import { identify } from '../../work/people/identify.ts'
import type { Arrival, Reply } from '../port.ts'

/** Greets a conversation once, and again when the app was installed again: then what was parked is tried again, too. */
export async function welcome(context: Context, arrival: Arrival): Promise<Reply> {
  const { connection, clock, settings } = context
  const { actor, channel, isPrivate, isInstalled } = arrival
  const { platform } = actor
  const place = destinationName({ platform, channel })
  if (isInstalled) await releasePlatform(connection.db, platform, clock())
  const isFirst = await addReminder(connection.db, place, 'welcome', clock())
  if (!isFirst && !isInstalled) return { kind: 'nothing' }
  if (!isPrivate && (await mayBeShared(context, { platform, channel }))) {
    return { kind: 'card', card: sharedPlaceCard(), audience: 'channel' }
  }
  const caller = await identify(context, actor)
  const { model, digests, routes } = settings
  const { email: person } = caller
  const here =
    isPrivate && person !== undefined
      ? [
          { platform, channel },
          { platform, person },
        ]
      : [{ platform, channel }]
  const scoredAt = await newestScoringOrNone(connection.db)
  const comesHere = digests.filter(({ to }) => here.some(place => isSameDestination(place, to))).map(({ name }) => name)
  const howToAsk = context.platforms.find(({ name }) => name === actor.platform)?.howToAsk
  context.wakeSender()
  if (!isPrivate) {
    return { kind: 'card', card: channelWelcomeCard({ digests: comesHere, howToAsk }), audience: 'channel' }
  }
  const card = welcomeCard({
    first: await firstAccounts(context, caller, clock()),
    accounts: await countCustomers(connection.db),
    model: model.name,
    digests: comesHere,
    hasRoutes: routes.routes.length > 0,
    howToAsk,
    ...(scoredAt !== undefined && { scoredAt }),
    ...(caller.isKnown && { reader: caller }),
  })
  return { kind: 'card', card, audience: 'caller' }
}

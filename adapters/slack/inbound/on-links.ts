import type { Unfurl } from '../../../src/chat/port.ts'
import { faultOf } from '../outbound/errors.ts'
import { showUnfurls } from '../outbound/unfurl.ts'
import { asTyped } from './as-typed.ts'
import type { Desk } from './desk.ts'
import type { Delivery } from './on-words.ts'

/** What we read of `link_shared`. */
export type LinksShared = {
  /** Absent where an app posted the message. */
  readonly user?: string
  readonly channel: string
  readonly message_ts: string
  readonly source?: string
  readonly is_bot_user_member?: boolean
  readonly user_team?: string
  readonly source_team?: string
  readonly links: readonly { readonly url: string }[]
}

/** Longer ones are not pages of accounts, and more of them are a list. */
const LONGEST = 2_000
const MOST = 50

/**
 * A message with links. What is still being written is in no channel yet, and comes again once it is sent; in the direct
 * messages of others nobody says who reads.
 */
export async function onLinks(desk: Desk, shared: LinksShared, delivery: Delivery): Promise<void> {
  const { user, channel, source, is_bot_user_member: isMember } = shared
  if (user === undefined || source === 'composer' || (channel.startsWith('D') && !isMember)) return
  const given = new Map(shared.links.slice(0, MOST).map(({ url }) => [asTyped(url), url]))
  const message = { channel, id: shared.message_ts }
  const unfurls = await desk.door.unfurl(
    {
      actor: desk.actor(user, shared.user_team, shared.source_team),
      channel,
      ...(delivery.isShared && { isShared: true }),
      links: [...given.keys()].filter(link => link.length <= LONGEST),
      message,
      deliveryId: delivery.id,
    },
    delivery.acknowledge,
  )
  await show(
    desk,
    message,
    unfurls.map(({ link, card }) => ({ link: given.get(link) ?? link, card })),
  )
}

type Unfolded = { readonly userId: string; readonly channel: string; readonly id: string; readonly link: string }

/** After an act the card beside the link shows its own new state. */
export async function unfoldAgain(desk: Desk, { userId, channel, id, link }: Unfolded, deliveryId: string) {
  const message = { channel, id }
  const shared = { actor: desk.actor(userId), channel, links: [asTyped(link)], message, deliveryId }
  const unfurls = await desk.door.unfurl(shared)
  await show(
    desk,
    message,
    unfurls.map(({ card }) => ({ link, card })),
  )
}

/** A link without a card does no harm. */
async function show({ client, log }: Desk, message: { channel: string; id: string }, unfurls: readonly Unfurl[]) {
  if (unfurls.length === 0) return
  await showUnfurls(client, message, unfurls).catch(error =>
    log.warn({ ...faultOf(error), channel: message.channel }, 'slack links not unfolded'),
  )
}

import type { Context } from '../../context.ts'
import { mayBeShared } from '../../delivery/shared-places.ts'
import { linkCard } from '../../views/links/link-card.ts'
import { seenAccount } from '../accounts/seen-account.ts'
import { refusalAtDoor } from '../people/admit.ts'
import type { SharedLinks, Unfurl } from '../port.ts'
import { accountsOfLinks, namingLinks } from './accounts-of-links.ts'

/** More links than this get no cards: there is the list for that. */
const MOST = 5

/**
 * The cards of the accounts behind the links, as everybody who reads along may see them. A link that is not an
 * account's page, or unknown, or shared where outsiders read along, stays a plain link.
 */
export async function unfurl(context: Context, shared: SharedLinks): Promise<readonly Unfurl[]> {
  const { actor, channel, isShared = false } = shared
  const links = namingLinks(context, shared.links)
  if (links.length === 0 || (await refusalAtDoor(context, actor, 'unfurl')) !== undefined) return []
  if (isShared || (await mayBeShared(context, { platform: actor.platform, channel }))) return []
  const now = context.clock()
  const unfurls: Unfurl[] = []
  for (const { link, account } of (await accountsOfLinks(context, links)).slice(0, MOST)) {
    const asked = { actor, channel, isPrivate: false, timeZone: 'UTC' }
    const { summary, style } = await seenAccount(context, asked, account, now)
    unfurls.push({ link, card: linkCard(context.settings.model, summary, style) })
  }
  return unfurls
}

/** After a restart the platform no longer waits for the answer: the cards are added late, if it allows that. */
export async function unfurlLate(context: Context, shared: SharedLinks): Promise<void> {
  const { actor, message } = shared
  const show = context.chats.get(actor.platform)?.unfurl
  if (message === undefined || show === undefined) return
  const unfurls = await unfurl(context, shared)
  if (unfurls.length > 0) await show(message, unfurls)
}

import { pagedBy, textShown } from './reading.ts'
import { isThing, listOf, type Thing } from './validate-objects.ts'
import type { Message, User, Workspace } from './workspace.ts'

type Refused = { readonly ok: boolean; readonly error?: string }

/** `chat.unfurl`: a link that does not stand in the message is refused, and so is what a message would not take. */
export function unfurlLinks(space: Workspace, args: Thing, faultOf: (content: Thing) => Refused | undefined): Refused {
  const message = space.messages.find(({ channel, ts }) => channel === args.channel && ts === args.ts)
  if (message === undefined) return { ok: false, error: 'cannot_find_message' }
  const unfurls = isThing(args.unfurls) ? Object.entries(args.unfurls) : []
  if (unfurls.length === 0) return { ok: false, error: 'missing_unfurls' }
  for (const [link, content] of unfurls) {
    if (!isThing(content) || !linksIn(message.text).includes(link)) return { ok: false, error: 'cannot_unfurl_url' }
    const fault = faultOf({ text: '', blocks: content.blocks })
    if (fault !== undefined) return fault
    space.paged.push(...pagedBy(content))
    message.unfurls.set(link, { blocks: listOf(content.blocks).filter(isThing), shown: textShown(content.blocks) })
  }
  return { ok: true }
}

/** A bot is a member of every channel that takes its posts; of the direct messages, only of its own. */
export function linksEvent(user: User, message: Message, source: string): Thing {
  const isComposed = source === 'composer'
  return {
    type: 'link_shared',
    user: user.id,
    channel: isComposed ? 'COMPOSER' : message.channel,
    is_bot_user_member: !isComposed,
    message_ts: isComposed ? `${message.ts}-composer` : message.ts,
    unfurl_id: `${message.channel}.${message.ts}`,
    source,
    links: linksIn(message.text).map(url => ({ url, domain: URL.canParse(url) ? new URL(url).hostname : '' })),
    event_ts: message.ts,
  }
}

export function unfurlPlace(message: Message, link: string, responseUrl: string): Thing {
  return {
    container: {
      type: 'message_attachment',
      message_ts: message.ts,
      attachment_id: 1,
      channel_id: message.channel,
      is_ephemeral: false,
      is_app_unfurl: true,
      app_unfurl_url: link,
    },
    channel: { id: message.channel, name: 'channel' },
    app_unfurl: { id: 1, app_unfurl_url: link, is_app_unfurl: true },
    response_url: responseUrl,
    state: { values: {} },
  }
}

function linksIn(text: string): readonly string[] {
  return text.match(/https:\/\/[^\s<>|]+/g) ?? []
}

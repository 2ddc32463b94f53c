import {
  commandBody,
  escapedByClient,
  eventBody,
  messageEvent,
  messagePlace,
  modalPlace,
  pressBody,
  shortcutBody,
  submissionBody,
  suggestionBody,
} from './payloads.ts'
import {
  applySubmissionAnswer,
  findButton,
  findTypeahead,
  isModal,
  offeredOptions,
  stateOf,
  type Wanted,
} from './person-actions.ts'
import { decoded } from './reading.ts'
import { newResponseUrl } from './response-url.ts'
import { type Kind, type Receipt, type SendOptions, sendSigned, type Transport } from './transport.ts'
import { linksEvent, unfurlPlace } from './unfurls.ts'
import { isThing, listOf, type Thing } from './validate-objects.ts'
import {
  addMessage,
  BOT,
  type Channel,
  dmChannel,
  type Message,
  type Modal,
  newTrigger,
  newTs,
  now,
  number,
  type User,
  type Workspace,
} from './workspace.ts'

type Stage = {
  readonly space: Workspace
  readonly base: string
  readonly transport: Transport
  readonly botUrl: () => string
  readonly secret: string
}

/** What people do in the workspace. Each resolves with the bot's acknowledgement, not with what it does later. */
export function createPeople({ space, base, transport, botUrl, secret }: Stage) {
  let last: { readonly kind: Kind; readonly body: Thing } | undefined

  const deliver = (kind: Kind, body: Thing): Promise<Receipt> => {
    last = { kind, body }
    return transport.deliver(kind, body)
  }
  const say = async (user: User, channel: Channel, text: string, options: { threadTs?: string; raw?: boolean }) => {
    const typed = options.raw ? text : escapedByClient(text)
    const thread = options.threadTs === undefined ? {} : { thread_ts: options.threadTs }
    return addMessage(space, { channel: channel.id, from: user.id }, { text: typed, ...thread })
  }

  return {
    /** Types a slash command, `/health acme`. */
    command(user: User, words: string, channel: Channel): Promise<Receipt> {
      const responseUrl = newResponseUrl(space, base, { channel: channel.id, user: user.id })
      return deliver('command', commandBody(user, channel, words, { trigger: newTrigger(space, user.id), responseUrl }))
    },

    /** Writes `@Rounds text` in a channel; `raw` when the text already is as Slack would send it. */
    async mention(
      user: User,
      channel: Channel,
      text: string,
      options: { threadTs?: string; raw?: boolean } = {},
    ): Promise<Message> {
      const words = options.raw ? text : `<@${BOT.userId}> ${escapedByClient(text)}`
      const message = await say(user, channel, words, { ...options, raw: true })
      await deliver('event', eventBody(space, messageEvent(user, message, 'channel', 'app_mention')))
      return message
    },

    /** Writes to people, not to the bot, which is told nothing. */
    write: (user: User, channel: Channel, text: string, options: { threadTs?: string } = {}): Promise<Message> =>
      say(user, channel, text, options),

    /** Writes a message with links to a domain that the app has registered; `source` is where it stands yet. */
    async shareLinks(user: User, channel: Channel, text: string, source = 'conversations_history'): Promise<Message> {
      const message = await say(user, channel, text, {})
      await deliver('event', eventBody(space, linksEvent(user, message, source)))
      return message
    },

    /** Presses a button on what stands beside a link. */
    pressUnfurl(user: User, message: Message, link: string, button: Wanted): Promise<Receipt> {
      const responseUrl = newResponseUrl(space, base, { channel: message.channel, user: user.id })
      const found = findButton(message.unfurls.get(link)?.blocks ?? [], button)
      const place = unfurlPlace(message, link, responseUrl)
      return deliver('interactive', pressBody(space, user, found, { trigger: newTrigger(space, user.id), place }))
    },

    /** Chooses an entry of the app's from the menu of a message. */
    shortcut(user: User, message: Message, callbackId: string): Promise<Receipt> {
      const channel = space.channels.get(message.channel)
      if (channel === undefined) throw new Error(`There is no channel ${message.channel}`)
      const responseUrl = newResponseUrl(space, base, { channel: channel.id, user: user.id })
      const extra = { trigger: newTrigger(space, user.id), responseUrl, callbackId, ts: newTs(space) }
      return deliver('interactive', shortcutBody(user, message, channel, extra))
    },

    /** Types into a typeahead field; gives the labels that are offered, by value. */
    async type(user: User, modal: Modal, field: string, typed: string): Promise<Readonly<Record<string, string>>> {
      const input = findTypeahead(modal, field, typed)
      const receipt = await deliver('interactive', suggestionBody(user, modal, input, typed))
      const options = offeredOptions(receipt)
      modal.offered.set(field, options)
      return Object.fromEntries(
        options.map(({ value, text }) => [String(value), isThing(text) ? decoded(String(text.text)) : '']),
      )
    },

    /** Writes to the bot directly. */
    async dm(user: User, text: string, options: { threadTs?: string; raw?: boolean } = {}): Promise<Message> {
      const message = await say(user, dmChannel(space, user.id), text, options)
      await deliver('event', eventBody(space, messageEvent(user, message, 'im', 'message')))
      return message
    },

    /** Drops a file into the bot's direct message; `url` is where it lies, if not at Slack. */
    async sendFile(user: User, name: string, content: string | Buffer, url?: string): Promise<string> {
      const id = `F${number(space)}`
      const bytes = Buffer.from(content)
      space.files.set(id, { id, name, bytes, url: url ?? `${base}/files/${id}`, at: now(space) })
      const message = await say(user, dmChannel(space, user.id), '', {})
      const event = messageEvent(user, message, 'im', 'message')
      await deliver(
        'event',
        eventBody(space, { ...event, subtype: 'file_share', files: [{ id, name }], upload: false }),
      )
      return id
    },

    press(user: User, place: Message | Modal, button: Wanted): Promise<Receipt> {
      const trigger = newTrigger(space, user.id)
      if (isModal(place)) {
        const found = findButton(listOf(place.view.blocks).filter(isThing), button)
        return deliver('interactive', pressBody(space, user, found, { trigger, place: modalPlace(place) }))
      }
      const responseUrl = newResponseUrl(space, base, { channel: place.channel, user: user.id, source: place })
      const found = findButton(place.blocks, button)
      const hasReplies = space.messages.some(
        ({ channel, threadTs }) => channel === place.channel && threadTs === place.ts,
      )
      return deliver(
        'interactive',
        pressBody(space, user, found, { trigger, place: messagePlace(place, responseUrl, hasReplies) }),
      )
    },

    /** Fills in a form by field id and submits it; fields left out keep what they start with. */
    async submit(
      user: User,
      modal: Modal,
      values: Readonly<Record<string, string | readonly string[]>> = {},
    ): Promise<Receipt> {
      const body = submissionBody(user, modal, stateOf(modal, values), newTrigger(space, user.id))
      const receipt = await deliver('interactive', body)
      if (receipt.status === 200) applySubmissionAnswer(modal, receipt.body)
      return receipt
    },

    /** Opens the Home tab of the bot. */
    openHome: (user: User): Promise<Receipt> => {
      const opened = { type: 'app_home_opened', tab: 'home', user: user.id, channel: dmChannel(space, user.id).id }
      return deliver('event', eventBody(space, opened))
    },
    /** Any event of the Events API, such as `{ type: 'app_uninstalled' }`. */
    event: (event: Thing): Promise<Receipt> => deliver('event', eventBody(space, event)),
    /** Any other interaction or command body. */
    deliver,
    /** Delivers the last event, command or interaction once more, as Slack does when it got no answer. */
    redeliver(retry = 1): Promise<Receipt> {
      if (last === undefined) throw new Error('Nothing has been delivered yet')
      return transport.deliver(last.kind, last.body, retry)
    },
    /** Posts a raw body to the bot over HTTP; with another secret or timestamp (in seconds) it is a forgery. */
    send: (body: string, options: SendOptions & { type?: string } = {}): Promise<Receipt> =>
      sendSigned(botUrl(), body, options.type ?? 'application/json', { secret, ...options }),
  }
}

import { isThing, type Thing, thingsOf } from '../thing.ts'
import {
  activity,
  type Envelope,
  installBodies,
  invokeBody,
  mentionBody,
  messageBody,
  type Place,
  payloadOf,
  placeOfMessage,
} from './activities.ts'
import { findAction, findTypeahead, inputValues, type Values, type Wanted } from './card-acts.ts'
import type { Receipt } from './deliver.ts'
import { applyExecuteAnswer, applyTaskAnswer, type Effect } from './invoke-answers.ts'
import { addMessage } from './messages.ts'
import { cardShown } from './read-card.ts'
import { type Channel, type Dialog, isOutsider, type Message, type Team, type User } from './tenant.ts'

type Stage = Envelope & { readonly deliver: (body: Thing) => Promise<Receipt> }

/** What people do in Teams. Each resolves with the bot's answer, not with what it does later. */
export function createPeople({ deliver, ...envelope }: Stage) {
  const { tenant } = envelope
  const invoke = (user: User, place: Place, name: string, value: Thing, more: Thing = {}) =>
    deliver(invokeBody(envelope, user, place, name, value, more))

  /** Nobody in Teams sees that the bot refused a message, so it must not pass unnoticed here. */
  const taken = async (body: Thing): Promise<void> => {
    const { status, body: said } = await deliver(body)
    if (status >= 400) throw new Error(`The bot refused ${body.type}: ${status} ${JSON.stringify(said)}`)
  }

  /** The card that somebody sees: their own after a press, else everybody's. */
  const cardFor = (user: User, message: Message) => message.seenBy.get(user.id) ?? message.card

  const execute = async (user: User, message: Message, action: Thing, values: Values): Promise<Effect> => {
    const typed = action.associatedInputs === 'none' ? {} : inputValues(cardFor(user, message), values)
    const data = { ...(isThing(action.data) ? action.data : {}), ...typed }
    const value = {
      action: { type: 'Action.Execute', title: action.title, verb: action.verb, data },
      trigger: 'manual',
    }
    const place = placeOfMessage(tenant, message)
    const receipt = await invoke(user, place, 'adaptiveCard/action', value, { replyToId: message.id })
    return applyExecuteAnswer(tenant, user, message, receipt)
  }
  const fetchTask = async (user: User, message: Message, action: Thing): Promise<Effect> => {
    const value = { data: { ...(isThing(action.data) ? action.data : {}) }, context: { theme: 'default' } }
    const place = placeOfMessage(tenant, message)
    const receipt = await invoke(user, place, 'task/fetch', value, { replyToId: message.id })
    return applyTaskAnswer(tenant, receipt, { user: user.id, message, command: undefined })
  }
  const pressIn = async (user: User, dialog: Dialog, action: Thing, values: Values): Promise<Effect> => {
    if (!dialog.isOpen) throw new Error('The dialog is closed')
    if (action.type !== 'Action.Submit') throw new Error('A dialog knows only Action.Submit')
    const data = { ...(isThing(action.data) ? action.data : {}), ...inputValues(dialog.card, values) }
    const place = dialog.message === undefined ? {} : placeOfMessage(tenant, dialog.message)
    const [name, value] =
      dialog.command === undefined
        ? ['task/submit', { data, context: { theme: 'default' } }]
        : ['composeExtension/submitAction', { commandId: dialog.command, commandContext: 'message', data }]
    return applyTaskAnswer(tenant, await invoke(user, place, name, value), dialog)
  }

  return {
    cardFor,
    /** What somebody reads in a message. */
    shownTo: (user: User, message: Message): string => {
      const own = message.seenBy.get(user.id)
      return own === undefined ? message.shown : cardShown(own)
    },

    /** Writes to the bot alone. */
    async say(user: User, text: string): Promise<Message> {
      const message = addMessage(
        tenant,
        { conversation: user.conversation, root: undefined, from: user.id },
        {},
        { text, card: undefined },
      )
      await taken({ ...messageBody(envelope, user, {}, text), id: message.id })
      return message
    },
    /** Writes `@Rounds words` in a channel, maybe under a message. */
    async mention(user: User, channel: Channel, words: string, root?: Message): Promise<Message> {
      if (isOutsider(tenant, user)) channel.outsiders.add(user.id)
      const message = addMessage(
        tenant,
        { conversation: channel.id, root: root?.id, from: user.id },
        {},
        { text: words, card: undefined },
      )
      await deliver({
        ...mentionBody(envelope, user, { channel, root: root?.id ?? message.id }, words),
        id: message.id,
      })
      return message
    },
    /** Writes to people, not to the bot, which is told nothing. */
    write: (user: User, channel: Channel, text: string): Message =>
      addMessage(tenant, { conversation: channel.id, root: undefined, from: user.id }, {}, { text, card: undefined }),

    /** Presses a button of the card that this user sees, with what they typed into the card's inputs. */
    async press(user: User, place: Message | Dialog, wanted: Wanted, values: Values = {}): Promise<Effect> {
      if ('isOpen' in place) return pressIn(user, place, findAction(place.card, wanted), values)
      const action = findAction(cardFor(user, place), wanted)
      if (action.type === 'Action.Execute') return execute(user, place, action, values)
      if (isThing(action.data) && isThing(action.data.msteams) && action.data.msteams.type === 'task/fetch') {
        return fetchTask(user, place, action)
      }
      throw new Error(`Nothing comes of pressing ${JSON.stringify(action)}`)
    },

    /** Answers the question whether a file may be sent; gives where Teams asked for it to be put. */
    async consent(user: User, message: Message, action: 'accept' | 'decline', uploadUrl?: string): Promise<string> {
      const content = isThing(message.file?.content) ? message.file.content : {}
      const path = `/onedrive/${message.id}`
      const name = String(message.file?.name)
      const where = uploadUrl ?? `${new URL(envelope.serviceUrl).origin}${path}`
      const uploadInfo = {
        name,
        uploadUrl: where,
        contentUrl: 'https://ours.sharepoint.com/f',
        uniqueId: '1',
        fileType: 'csv',
      }
      const context = action === 'accept' ? content.acceptContext : content.declineContext
      const value = { type: 'fileUpload', action, context, ...(action === 'accept' && { uploadInfo }) }
      await taken(
        invokeBody(envelope, user, placeOfMessage(tenant, message), 'fileConsent/invoke', value, {
          replyToId: message.id,
        }),
      )
      return path
    },

    /** Types into a typeahead field; gives the labels that are offered, by value. */
    async type(user: User, place: Dialog | Message, field: string, typed: string): Promise<Record<string, string>> {
      const message = 'isOpen' in place ? place.message : place
      const { dataset } = findTypeahead('isOpen' in place ? place.card : cardFor(user, place), field)
      const value = { queryText: typed, queryOptions: { skip: 0, top: 15 }, dataset }
      const where = message === undefined ? {} : placeOfMessage(tenant, message)
      const { status, body } = await invoke(user, where, 'application/search', value)
      const found = isThing(body) && isThing(body.value) ? body.value.results : undefined
      if (
        status !== 200 ||
        !isThing(body) ||
        body.type !== 'application/vnd.microsoft.search.searchResponse' ||
        !Array.isArray(found)
      ) {
        throw new Error(`Teams wants results, not ${status} ${JSON.stringify(body)}`)
      }
      return Object.fromEntries(thingsOf(found).map(({ value, title }) => [String(value), String(title)]))
    },

    /** Searches in the message extension; gives what it shows to choose from. */
    search: (user: User, place: Place, commandId: string, words: string): Promise<Receipt> =>
      invoke(user, place, 'composeExtension/query', {
        commandId,
        parameters: [{ name: 'query', value: words }],
        queryOptions: { count: 25, skip: 0 },
      }),

    /** Pastes a link to a domain of the app's into a message; gives the cards that go into it. */
    pasteLink: (user: User, place: Place, url: string): Promise<Receipt> =>
      invoke(user, place, 'composeExtension/queryLink', { url }),

    /** Chooses an entry of the app's from the menu of a message. */
    async shortcut(user: User, message: Message, commandId: string): Promise<Effect> {
      const author = tenant.users.get(message.from)
      const place = placeOfMessage(tenant, message)
      const link = `https://teams.microsoft.com/l/message/${encodeURIComponent(message.conversation)}/${message.id}`
      const receipt = await invoke(user, place, 'composeExtension/fetchTask', {
        commandId,
        commandContext: 'message',
        messagePayload: payloadOf(message, author, link),
        context: { theme: 'default' },
      })
      return applyTaskAnswer(tenant, receipt, { user: user.id, message, command: commandId })
    },

    /** Adds the bot for themselves, or to a team through one of its channels. */
    async install(user: User, channel?: Channel): Promise<void> {
      setBot(user, channel?.team, true)
      for (const body of installBodies(envelope, user, { channel }, 'add')) await taken(body)
    },
    async uninstall(user: User, channel?: Channel): Promise<void> {
      setBot(user, channel?.team, false)
      for (const body of installBodies(envelope, user, { channel }, 'remove')) await taken(body)
    },
    /** Any other activity. */
    act: (user: User, place: Place, more: Thing): Promise<Receipt> => deliver(activity(envelope, user, place, more)),
  }
}

function setBot(user: User, team: Team | undefined, hasBot: boolean): void {
  if (team === undefined) user.hasBot = hasBot
  else team.hasBot = hasBot
}

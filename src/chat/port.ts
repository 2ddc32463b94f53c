import type { Recipient } from '../domain/delivery/destination.ts'
import type { Standing } from '../domain/people/admission.ts'
import type { Button, Card } from '../views/card.ts'
import type { Option } from '../views/form.ts'
import type { Actor, MessageRef, Unfurl } from './requests.ts'
import type { ToolCall } from './tools/tool-call.ts'

export type { Recipient } from '../domain/delivery/destination.ts'
export type { Standing } from '../domain/people/admission.ts'
/** The other half of the port: what comes in, and the door that takes it. */
export type * from './requests.ts'

/** A file that was fetched from the platform. */
export type ReceivedFile = {
  readonly name: string
  /** When it was sent, in milliseconds since 1970. */
  readonly sentAt: number
  readonly chunks: AsyncIterable<Uint8Array>
}

export type Profile = {
  readonly email?: string
  readonly name?: string
  /** Absent where the platform does not tell. */
  readonly standing?: Standing
}

/** Somebody who reads along and is not from the company, as far as the platform tells. */
export type Outsider = { readonly userId?: string; readonly email?: string }

/** What a platform can do beyond posting. Renderers and the door read this table; nothing checks a platform's name. */
export type Capabilities = {
  /** Whether an answer in a channel can be shown to the caller alone. */
  readonly privateReplies: boolean
  /** Whether a form opens in a window of its own; else it is drawn inside the message. */
  readonly dialogs: boolean
  /** Whether a field can look up names while somebody types. */
  readonly typeahead: boolean
  /** Whether a chart is drawn; otherwise its words stand alone. */
  readonly charts: boolean
  /** The most that a message may hold, in characters of what is sent. */
  readonly messageSize: number
  /** How many rows of a wide table fit one message; 20 if absent. */
  readonly tableRows?: number
}

/** What a platform must remember to reach somebody again: an address, in the platform's own format, by an id. */
export type AddressBook = {
  find(id: string): Promise<string | undefined>
  keep(id: string, address: string): Promise<void>
  /** The user id of the person with this e-mail, once it is known. */
  userOf(email: string): Promise<string | undefined>
}

export type PostOptions = { readonly thread?: string; readonly plain?: boolean; readonly isAnswer?: boolean }

/** An assistant of a platform, whose requests the platform signs. */
export type OwnAssistant = {
  /** As the audit log names it. */
  readonly name: string
  /** Whether a request says that it comes from there. */
  isFrom(headers: Headers): boolean
  /** Undefined for a request that is forged, too old, or does not say who asks. `meta` is what it carries beside its arguments. */
  callerOf(signed: Signed, meta: unknown): Promise<{ readonly actor: Actor; readonly deliveryId: string } | undefined>
  /** Whether the platform signed it, just now. */
  isSigned(signed: Signed): boolean
  /** Whether a client that says it is capable of this draws the platform's cards. */
  draws(capabilities: unknown): boolean
  /** The card as the platform draws it; a button that has a tool uses it. */
  draw(card: Card, toolOf: (button: Button) => ToolCall | undefined): Readonly<Record<string, unknown>>
}

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

export type Signed = { readonly headers: Headers; readonly body: string }

/** What a chat platform must be able to do: a port of our own, since there really are several implementations. */
export type ChatAdapter = {
  readonly platform: string
  readonly capabilities: Capabilities
  /** Splits a card so that each piece fits one message; all but the first belong in its thread. Pure. */
  split(card: Card): readonly Card[]
  /**
   * Posts once, without retries of its own. A channel may be the id of a user, for a direct message to them;
   * `thread` the message to answer under; `plain` asks for the text alone; for `isAnswer`, for which somebody is
   * waiting, a short outage may be waited out. Throws `DeliveryError`.
   */
  post(to: Recipient, card: Card, options?: PostOptions): Promise<MessageRef>
  /** Checks whether `post` would reach `to`, and posts nothing. Throws `DeliveryError`: with `destination` it would not. */
  probe(to: Recipient): Promise<void>
  /**
   * Who reads along in a channel without belonging to the company: nobody in a direct message, somebody without a name if the
   * platform says only that there are such people. Throws `DeliveryError` when it cannot be asked.
   */
  outsiders(channel: string): Promise<readonly Outsider[]>
  /** Replaces what a message shows. Throws `DeliveryError`. */
  update(message: MessageRef, card: Card): Promise<void>
  /** Shows cards next to the links in somebody's message; absent if only the answer itself can do that. Throws `DeliveryError`. */
  unfurl?(message: MessageRef, unfurls: readonly Unfurl[]): Promise<void>
  /**
   * Shows a card on a person's own page with the bot, in place of what it showed; absent if the
   * platform has no such page. Throws `DeliveryError`.
   */
  showHome?(userId: string, card: Card): Promise<void>
  /** Who a user is, and whether they belong; empty when the platform does not tell. Throws `DeliveryError` when it cannot be asked now. */
  profile(userId: string): Promise<Profile>
  /**
   * A channel as its people call it, such as "#general"; undefined where it has no name, or the platform does not tell.
   * Throws `DeliveryError`.
   */
  channelName?(channel: string): Promise<string | undefined>
  /** Channels that `post` reaches, by the start of their name; absent if the platform has a picker of its own. */
  suggestChannels?(text: string): Promise<readonly Option[]>
  /**
   * The content of a file that somebody sent; absent if the platform has none. Throws `BotError` for one that is gone
   * or larger than `most` bytes.
   */
  readFile?(id: string, most: number): Promise<ReceivedFile>
  /** The platform's own assistant, where it has one that asks for its people. */
  readonly assistant?: OwnAssistant
  /**
   * Sends a file to somebody in a direct message, or offers it there for them to accept; absent if the platform takes
   * none. Throws `BotError`.
   */
  sendFile?(
    userId: string,
    file: { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> },
  ): Promise<'sent' | 'offered'>
  /**
   * Keeps a card as a document that only this person can open, and returns its address; absent if the platform has
   * none. Throws `BotError`.
   */
  keepDocument?(userId: string, card: Card): Promise<string>
  start(): Promise<void>
  /** Takes nothing new and finishes what is running. */
  stop(): Promise<void>
}

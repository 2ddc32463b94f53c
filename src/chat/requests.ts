import type { Standing } from '../domain/people/admission.ts'
import type { Card } from '../views/card.ts'
import type { Form, Lookup, Option } from '../views/form.ts'

/** Somebody on a chat platform, by the platform's own id. */
export type Actor = {
  readonly platform: string
  readonly userId: string
  /** Who they are on our side, where what came in vouches for that, such as a token that is bound to them. */
  readonly email?: string
  /** What came in says of them, such as that they act for another company; absent where it does not tell. */
  readonly standing?: Standing
}

/** Words addressed to the bot: `/health acme`, `@Rounds acme`, or `acme` in a direct message. */
export type Request = {
  readonly actor: Actor
  /** What stands after the command or the mention, trimmed. */
  readonly text: string
  /** The platform's id of the conversation it was asked in. */
  readonly channel: string
  /** Whether only the caller will see the answer. */
  readonly isPrivate: boolean
  /** Whether what came in says that people from outside read along; absent where it does not tell. */
  readonly isShared?: boolean
  /** Whether a form can be opened in answer. */
  readonly canOpenForm: boolean
  /** Files that came with the words. */
  readonly files?: readonly SentFile[]
  /** The same for every delivery of one request, and for no other. */
  readonly deliveryId: string
}

/** A file that somebody sent, by the platform's own id. */
export type SentFile = { readonly id: string; readonly name: string }

/** A button was pressed. */
export type Press = {
  readonly actor: Actor
  readonly action: string
  readonly value: string
  readonly channel: string
  /** The message that the button stands on. */
  readonly origin?: MessageRef
  /** Whether only the one who pressed sees what is said in this conversation. */
  readonly isPrivate?: boolean
  /** Whether only the one who pressed sees the message that the button stands on. */
  readonly isOnOwnMessage?: boolean
  /** The words that ask for the card that the button stands on. */
  readonly shows?: string
  readonly canOpenForm: boolean
  readonly deliveryId: string
}

/** Something was chosen from a message's menu. */
export type Shortcut = {
  readonly actor: Actor
  readonly name: string
  /** What the message says, as its writer typed it. */
  readonly text: string
  /** The platform's id of the one who wrote it; absent where nobody did. */
  readonly writer?: string
  readonly writtenAt: number
  readonly message: MessageRef
  /** Leads back to the message; absent where the platform gives no address. */
  readonly link?: string
  readonly canOpenForm: boolean
  readonly deliveryId: string
}

/** The bot was added to a conversation, or somebody opened a direct message with it. */
export type Arrival = {
  readonly actor: Actor
  readonly channel: string
  readonly isPrivate: boolean
  /** Whether the app was just installed there; else only the first time counts. */
  readonly isInstalled: boolean
  readonly deliveryId: string
}

/** Links were shared in a conversation. */
export type SharedLinks = {
  readonly actor: Actor
  readonly channel: string
  /** Whether what came in says that people from outside read along; absent where it does not tell. */
  readonly isShared?: boolean
  readonly links: readonly string[]
  /** The message that holds them; absent if the answer itself is shown next to them. */
  readonly message?: MessageRef
  readonly deliveryId: string
}

/** What is shown beside a link. */
export type Unfurl = { readonly link: string; readonly card: Card }

/** What somebody has typed so far into a field that looks things up. */
export type Query = { readonly actor: Actor; readonly kind: Lookup; readonly text: string }

/** The matches; for somebody who may not ask, a card that says why there are none. */
export type Suggestions = { readonly options: readonly Option[]; readonly refusal?: Card }

/** Somebody from another company; `knock` says what they wanted, such as `press`. */
export type Stranger = { readonly actor: Actor; readonly knock: string; readonly deliveryId: string }

/** A form was submitted: each field's id with its value, its values, or nothing. */
export type Submission = {
  readonly actor: Actor
  readonly form: string
  readonly state: string
  readonly values: Readonly<Record<string, string | readonly string[] | undefined>>
  /** The message that the form was opened from. */
  readonly origin?: MessageRef
  /** Whether only the one who submits it sees that message. */
  readonly isFromOwnMessage?: boolean
  /** The words that ask for the card that the form was opened from. */
  readonly shows?: string
  readonly deliveryId: string
}

export type Reply =
  | {
      readonly kind: 'card'
      readonly card: Card
      readonly audience: 'caller' | 'channel'
      /** Whether something was left out that only the caller may see. */
      readonly isMasked?: boolean
      /** Whether it only reports the result of an act, which the original message shows too once it is redrawn. */
      readonly isResult?: boolean
      /** Whether it replaces the message that it came from. */
      readonly replaces?: boolean
    }
  | { readonly kind: 'form'; readonly form: Form }
  | { readonly kind: 'nothing' }

/** `changed` is what the original message shows from now on, if the press or form changed it. */
export type Outcome<R> = R & { readonly changed?: Card }

/** The result of submitting a form: a card that replaces the form, or a sentence for each wrong field. */
export type SubmissionReply =
  | { readonly kind: 'card'; readonly card: Card; readonly isResult?: boolean; readonly replaces?: boolean }
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> }

/** Tells the platform that something has arrived. */
export type Acknowledge = () => Promise<unknown>

/**
 * The inbound door, which every platform calls; see `door/door.ts`. None of these ever throws. What comes in is recorded,
 * then acknowledged, then handled: so an acknowledged request is handled after a restart, if it was not before.
 */
export type Door = {
  ask(request: Request, acknowledge?: Acknowledge): Promise<Reply>
  press(press: Press, acknowledge?: Acknowledge): Promise<Outcome<Reply>>
  shortcut(shortcut: Shortcut, acknowledge?: Acknowledge): Promise<Reply>
  /** What to show next to links, for those that lead to an account. */
  unfurl(shared: SharedLinks, acknowledge?: Acknowledge): Promise<readonly Unfurl[]>
  /** The accounts or people that may be meant, most likely first, for a field of that kind. */
  suggest(query: Query): Promise<Suggestions>
  welcome(arrival: Arrival): Promise<Reply>
  /** What a person's own page with the bot shows now. */
  home(actor: Actor): Promise<Card>
  /** Records in the audit log somebody from another company whom the platform itself turned away. */
  turnedAway(stranger: Stranger): Promise<void>
  submit(submission: Submission): Promise<Outcome<SubmissionReply>>
}

/** Where a message is: the platform's channel id and message id. */
export type MessageRef = { readonly channel: string; readonly id: string }

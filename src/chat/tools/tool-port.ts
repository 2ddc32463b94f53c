import type { Button, Card } from '../../views/card.ts'
import type { Actor } from '../port.ts'
import type { ToolCall } from './tool-call.ts'

/** Something that an assistant can look up or do for somebody, as it is described to it. */
export type ToolDescription = {
  readonly name: string
  readonly title: string
  /** What it does, and when to use it. */
  readonly description: string
  /** JSON Schema of its arguments. */
  readonly input: Readonly<Record<string, unknown>>
  /** Whether it changes nothing. */
  readonly isReadOnly: boolean
  /** Whether it ends something. */
  readonly isDestructive: boolean
}

/** An assistant uses a tool for somebody. */
export type ToolUse = {
  readonly actor: Actor
  readonly tool: string
  /** As they came. */
  readonly arguments: unknown
  /** Through what it came, as the audit log names it: an assistant, or a token's name. */
  readonly through: string
  readonly deliveryId: string
}

/** What came of it: a card for people, and the same as data for programs. */
export type ToolAnswer = {
  readonly card: Card
  /** The same in a sentence, for where the card is not drawn. */
  readonly sentence?: Card
  readonly data?: Readonly<Record<string, unknown>>
  /** What an act was about, as the audit log names it. */
  readonly subject?: string
  /** Whether it was refused: the card says why, and what would be right. */
  readonly isError?: boolean
}

/** A text that an assistant can read as a whole. */
export type Document = {
  readonly uri: string
  readonly name: string
  readonly description: string
  readonly mimeType: string
}

/** A question that people ask again and again, with blanks to fill in. */
export type Prompt = {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly blanks: readonly { readonly name: string; readonly description: string }[]
  text(filled: Readonly<Record<string, string>>): string
}

/** Who a token lets in, and under what name; or why it lets nobody in. */
export type Admitted =
  | { readonly actor: Actor; readonly through: string }
  | { readonly refusal: 'unknown' | 'expired' | 'revoked' | 'out_of_scope' | 'no_person' }

/** A client that registered itself, in the words of OAuth. */
export type RegisteredClient = Readonly<Record<string, unknown>> & { readonly client_id: string }

/** What a client is given: the access token is good for so many seconds, the refresh token for one use. */
export type TokenPair = { readonly access: string; readonly refresh: string; readonly lasts: number }

type Consent = { readonly client: string; readonly challenge: string; readonly redirect: string }

/** How clients of OAuth sign people in: who they are they prove with a code from chat. */
export type SignIn = {
  client(id: string): Promise<RegisteredClient | undefined>
  register(client: RegisteredClient): Promise<void>
  /** Returns what the client exchanges for its tokens; undefined for a code that is wrong, used or too old. */
  consent(code: string, consent: Consent): Promise<string | undefined>
  grant(code: string): Promise<Consent | undefined>
  exchange(code: string, client: { readonly id: string; readonly name: string }): Promise<TokenPair | undefined>
  refresh(token: string, client: string): Promise<TokenPair | undefined>
  revoke(token: string, client: string): Promise<void>
}

/** The door for assistants. None of these ever throws. */
export type ToolDoor = {
  readonly tools: readonly ToolDescription[]
  readonly documents: readonly Document[]
  readonly prompts: readonly Prompt[]
  readonly signIn: SignIn
  /** Whose token it is. */
  admit(token: string): Promise<Admitted>
  use(asked: ToolUse): Promise<ToolAnswer>
  /** The accounts that somebody may mean by what they have typed so far. */
  complete(actor: Actor, typed: string): Promise<readonly string[]>
  /** The text of a document, or the card that says why somebody may not read it. */
  read(uri: string, actor: Actor): Promise<{ readonly text: string } | { readonly refusal: Card }>
  /** What a button does there; undefined for one that has no tool. */
  toolOf(button: Button): ToolCall | undefined
}

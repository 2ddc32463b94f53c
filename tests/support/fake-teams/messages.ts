import { isThing, type Thing, thingsOf } from '../thing.ts'
import { aliveAnywhere, aliveIn, cardShown } from './read-card.ts'
import { type Message, newMessageId, type Tenant } from './tenant.ts'
import { checkCard } from './validate-card.ts'

const CARD = 'application/vnd.microsoft.card.adaptive'

/** The most that one activity may hold, in characters of its JSON. */
const LARGEST = 28 * 1024

export type Refusal = {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly retryAfter?: number
}

/** Why Teams would not take what an activity says. */
export function contentFault(activity: Thing): Refusal | undefined {
  if (JSON.stringify(activity).length > LARGEST) {
    return { status: 413, code: 'MessageSizeTooBig', message: 'Message size too large.' }
  }
  const complaints = cardsOf(activity).flatMap(checkCard)
  if (complaints.length > 0) return badSyntax(complaints.join('; '))
  const strange = thingsOf(activity.attachments).filter(
    ({ contentType }) => contentType !== CARD && !FILES.includes(String(contentType)),
  )
  if (strange.length > 0) return badSyntax(`Attachments of ${strange.map(({ contentType }) => contentType)}`)
  if (activity.type !== 'message' && activity.type !== 'typing') return badSyntax(`An activity of ${activity.type}`)
  if (activity.type === 'message' && textOf(activity).trim() === '' && thingsOf(activity.attachments).length === 0) {
    return badSyntax('The message says nothing')
  }
  return undefined
}

/** Puts a message of the bot's somewhere. Text beside a card becomes a message of its own, and the answer has no id. */
export function addMessages(
  tenant: Tenant,
  place: Pick<Message, 'conversation' | 'root'>,
  activity: Thing,
): { readonly id?: string } {
  if (activity.type === 'typing') return {}
  tenant.alive.push(...aliveInActivity(activity))
  const cards = cardsOf(activity)
  const text = textOf(activity)
  const pieces = [
    ...(text === '' ? [] : [{ text, card: undefined }]),
    ...cards.map(card => ({ text: '', card })),
    ...filesOf(activity).map(file => ({ text: String(file.name), card: undefined, file })),
  ]
  const made = pieces.map(piece => addMessage(tenant, { ...place, from: 'bot' }, activity, piece))
  return pieces.length === 1 && made[0] !== undefined ? { id: made[0].id } : {}
}

export function addMessage(
  tenant: Tenant,
  place: Pick<Message, 'conversation' | 'root' | 'from'>,
  { summary = '' }: Thing,
  { text, card, file }: Pick<Message, 'text' | 'card'> & { readonly file?: Thing },
): Message {
  const message: Message = {
    ...place,
    id: newMessageId(tenant),
    text,
    card,
    file,
    summary: String(summary),
    shown: [text, cardShown(card)].filter(Boolean).join('\n'),
    edits: 0,
    isDeleted: false,
    seenBy: new Map(),
  }
  tenant.messages.push(message)
  return message
}

/** A new state for everybody: also those who saw a card of their own see this one. */
export function editMessage(tenant: Tenant, message: Message, activity: Thing): void {
  tenant.alive.push(...aliveInActivity(activity))
  message.text = textOf(activity)
  message.card = cardsOf(activity)[0]
  message.summary = String(activity.summary ?? '')
  message.shown = [message.text, cardShown(message.card)].filter(Boolean).join('\n')
  message.edits += 1
  message.seenBy.clear()
}

/** The card out of an attachment, as dialogs and message extensions are given it. */
export function cardIn(attachment: unknown): Thing | undefined {
  return isThing(attachment) && isThing(attachment.content) ? attachment.content : undefined
}

function cardsOf(activity: Thing): readonly Thing[] {
  return thingsOf(activity.attachments)
    .filter(({ contentType }) => contentType === CARD)
    .map(cardIn)
    .filter(isThing)
}

const FILES = ['consent', 'info'].map(kind => `application/vnd.microsoft.teams.card.file.${kind}`)

function filesOf(activity: Thing): readonly Thing[] {
  return thingsOf(activity.attachments).filter(({ contentType }) => FILES.includes(String(contentType)))
}

function textOf(activity: Thing): string {
  return typeof activity.text === 'string' ? activity.text : ''
}

/** `text` is markdown with tags, unless it says that it is plain. */
function aliveInActivity(activity: Thing): readonly string[] {
  const text = textOf(activity)
  const isPlain = activity.textFormat === 'plain'
  return [
    ...thingsOf(activity.entities)
      .filter(({ type }) => type === 'mention')
      .map(entity => JSON.stringify(entity)),
    ...aliveAnywhere(`${text} ${activity.summary ?? ''}`),
    ...(isPlain ? [] : (text.match(/<at>|\[[^\]]*\]\([^)]*\)|\*\*[^*]+\*\*/g) ?? [])),
    ...cardsOf(activity).flatMap(aliveIn),
  ]
}

function badSyntax(message: string): Refusal {
  return { status: 400, code: 'BadSyntax', message }
}

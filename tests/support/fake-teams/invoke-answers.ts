import { isThing, type Thing } from '../thing.ts'
import type { Receipt } from './deliver.ts'
import { cardIn } from './messages.ts'
import { aliveIn, cardShown } from './read-card.ts'
import type { Dialog, Message, Tenant, User } from './tenant.ts'
import { checkCard } from './validate-card.ts'

/** What the one who pressed sees at once: another card, a sentence, a dialog, or nothing new. */
export type Effect =
  | { readonly kind: 'card' | 'message'; readonly says: string }
  | { readonly kind: 'dialog'; readonly says: string; readonly dialog: Dialog }
  | { readonly kind: 'nothing'; readonly says: '' }
  /** Teams says it in its own words: something went wrong. */
  | { readonly kind: 'failure'; readonly says: string; readonly receipt: Receipt }

const NOTHING = { kind: 'nothing', says: '' } as const

/** The answer to an `Action.Execute`: a card takes the place of the one that this user sees, and of no other's. */
export function applyExecuteAnswer(tenant: Tenant, user: User, message: Message, receipt: Receipt): Effect {
  const { status, body } = receipt
  if (status !== 200 || !isThing(body) || body.statusCode !== 200) return failure(receipt)
  if (body.type === 'application/vnd.microsoft.activity.message') return { kind: 'message', says: String(body.value) }
  if (body.type !== 'application/vnd.microsoft.card.adaptive') return failure(receipt)
  const card = accepted(tenant, body.value)
  message.seenBy.set(user.id, card)
  return { kind: 'card', says: cardShown(card) }
}

/** The answer to what opens or fills a dialog; without a task the dialog closes. */
export function applyTaskAnswer(
  tenant: Tenant,
  receipt: Receipt,
  dialog: Dialog | Omit<Dialog, 'title' | 'card' | 'shown' | 'isOpen'>,
): Effect {
  const { status, body } = receipt
  if (status < 200 || status >= 300) return failure(receipt)
  const task = isThing(body) && isThing(body.task) ? body.task : undefined
  if (task === undefined) return closed(dialog)
  if (task.type === 'message') {
    closed(dialog)
    return { kind: 'message', says: String(task.value) }
  }
  if (task.type !== 'continue' || !isThing(task.value)) return failure(receipt)
  const card = accepted(tenant, cardIn(task.value.card))
  const title = String(task.value.title ?? '')
  const shown = `${title}\n${cardShown(card)}`
  if ('isOpen' in dialog) {
    Object.assign(dialog, { card, shown, isOpen: true })
    return { kind: 'dialog', says: shown, dialog }
  }
  const opened: Dialog = { ...dialog, title, card, shown, isOpen: true }
  tenant.dialogs.push(opened)
  return { kind: 'dialog', says: shown, dialog: opened }
}

/** Refuses what Teams would not draw, loudly: an answer that is wrong shows only as "something went wrong" there. */
function accepted(tenant: Tenant, card: unknown): Thing {
  const complaints = checkCard(card)
  if (complaints.length > 0 || !isThing(card)) throw new Error(`Teams does not draw the card: ${complaints.join('; ')}`)
  if (JSON.stringify(card).length > 28 * 1024) throw new Error('Teams does not draw so large a card')
  tenant.alive.push(...aliveIn(card))
  return card
}

function closed(dialog: object): Effect {
  if ('isOpen' in dialog) dialog.isOpen = false
  return NOTHING
}

function failure(receipt: Receipt): Effect {
  return { kind: 'failure', says: 'Something went wrong. Please try again.', receipt }
}

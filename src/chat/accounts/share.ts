import * as z from 'zod'
import type { Context } from '../../context.ts'
import { DAY } from '../../domain/time/instant.ts'
import { accountByIdOrNone } from '../../store/accounts/find-accounts.ts'
import { addMessage } from '../../store/delivery/outbox.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { shareForm } from '../../views/accounts/share-form.ts'
import type { Card } from '../../views/card.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import { identify } from '../../work/people/identify.ts'
import type { ButtonHandler } from '../button-handler.ts'
import { commandButton } from '../command-button.ts'
import { lookAtChannel } from '../digests/look-at-channel.ts'
import { type FormHandler, outOfDate, readState, sentencesOf, wrong } from '../form.ts'
import type { Actor } from '../port.ts'
import { account } from './account.ts'

/** Posts the card, as the channel may see it, where it was asked for. */
const shareHere = commandButton(account, false)

/** Asks which channel; the button's value is the account's id. */
export const share: ButtonHandler = async (context, press) => {
  if (!press.canOpenForm) return shareHere(context, press)
  const { value, channel, isPrivate = false } = press
  const found = await accountByIdOrNone(context.connection.db, value)
  if (found === undefined) throw outOfDate()
  const canStay = !isPrivate && channel !== ''
  const state = JSON.stringify({ account: value, ...(canStay && { here: channel }) })
  return { kind: 'form', form: { ...shareForm(found.name, canStay), id: 'share', state } }
}

const travels = z.strictObject({ account: z.string(), here: z.string().optional() })
const values = z.object({
  channel: z.string('Choose a channel.').trim().max(300, 'Choose a channel.').default(''),
  note: z.string('Write a sentence.').trim().max(500, 'Keep it within 500 characters.').default(''),
})

/** Posts the card, with who shared it, to the chosen channel; never to one where outsiders read along. */
export const submitShare: FormHandler = async (context, submission) => {
  const { actor, deliveryId } = submission
  const { account: id, here } = readState(travels, submission.state)
  const read = values.safeParse(submission.values)
  if (!read.success) return { kind: 'errors', errors: sentencesOf(read.error) }
  const channel = read.data.channel || here
  if (channel === undefined) return wrong('channel', 'Choose a channel.')
  const found = await accountByIdOrNone(context.connection.db, id)
  if (found === undefined) throw outOfDate()
  const to = { platform: actor.platform, channel }
  const { fault, hint } = await lookAtChannel(context, { to })
  if (fault !== undefined) return wrong('channel', `${found.name} was not shared. ${fault}`)

  const request = { actor, text: id, channel, isPrivate: false, canOpenForm: false, deliveryId }
  const reply = await account(context, request, id)
  if (reply.kind !== 'card') throw outOfDate()
  await post(context, to, sharedBy((await identify(context, actor)).name, read.data.note, reply.card), deliveryId)
  return { kind: 'card', card: noticeCard('Shared', `${found.name} is shared.`, hint), isResult: true }
}

function sharedBy(name: string, note: string, card: Card): Card {
  const text = note === '' ? `Shared by ${name}.` : `${name}: ${note}`
  return { ...card, parts: [{ kind: 'text', text }, ...card.parts] }
}

async function post(
  context: Context,
  to: { readonly platform: Actor['platform']; readonly channel: string },
  card: Card,
  deliveryId: string,
): Promise<void> {
  const { connection, clock, chats } = context
  const at = clock()
  await inTransaction(connection.db, async db => {
    let head: number | undefined
    for (const [number, piece] of (chats.get(to.platform)?.split(card) ?? [card]).entries()) {
      const key = { subject: { of: 'request', id: deliveryId }, purpose: 'answer', number } as const
      const message = { ...key, to, card: piece, alerts: [], at, expiresAt: at + DAY }
      head ??= await addMessage(db, { ...message, ...(head !== undefined && { head }) })
    }
  })
  context.wakeSender()
}

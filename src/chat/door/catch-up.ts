import type { Runtime } from '../../context.ts'
import { DAY } from '../../domain/time/instant.ts'
import { type Arrived, markHandled, takeArrival, unhandledArrivals } from '../../store/delivery/handled-requests.ts'
import { addMessage } from '../../store/delivery/outbox.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import type { Card } from '../../views/card.ts'
import { noticeCard } from '../../views/parts/answer-cards.ts'
import type { Reply, SubmissionReply } from '../port.ts'

/** A request that was tried this often without finishing is given up. */
const MOST_TRIES = 3

type Handle = (arrived: Arrived) => Promise<Reply | SubmissionReply>

/**
 * Handles requests that were acknowledged and then cut short by the end of the process. Every handler writes
 * conditionally, so nothing is done twice. It is too late for the usual answer: it goes to
 * the person who asked, in a direct message. A failure, such as a database out of reach, is retried at the next tick.
 */
export function catchUp(context: Runtime, handle: Handle): () => Promise<void> {
  const { connection, log, instance } = context
  const taken = new Set<string>()
  return async () => {
    for (const { tries, ...arrived } of await unhandledArrivals(connection.db, instance, [...taken])) {
      const { deliveryId } = arrived.request
      const before = [...taken]
      taken.add(deliveryId)
      if (await takeArrival(connection.db, deliveryId, instance, before)) {
        log.warn({ kind: arrived.kind, tries }, 'a request was cut short by a restart')
        const reply = tries < MOST_TRIES ? await handle(arrived) : GIVEN_UP
        await answerLate(context, arrived, cardOf(reply))
      }
      taken.delete(deliveryId)
    }
  }
}

async function answerLate(context: Runtime, { request }: Arrived, card: Card | undefined): Promise<void> {
  const { connection, clock, chats } = context
  const { actor, deliveryId } = request
  const { platform, userId } = actor
  const chat = chats.get(platform)
  await inTransaction(connection.db, async db => {
    let head: number | undefined
    for (const [part, piece] of (card && chat?.split(late(card)))?.entries() ?? []) {
      const key = { subject: { of: 'request', id: deliveryId }, purpose: 'answer', number: part } as const
      const at = clock()
      const message = { ...key, to: { platform, channel: userId }, card: piece, alerts: [], at, expiresAt: at + DAY }
      head ??= await addMessage(db, { ...message, ...(head !== undefined && { head }) })
    }
    await markHandled(db, deliveryId)
  })
  context.wakeSender()
}

function late(card: Card): Card {
  const text = 'Rounds was restarted before it could answer, so this is late.'
  return { ...card, parts: [...card.parts, { kind: 'text', quiet: true, text }] }
}

const GIVEN_UP = {
  kind: 'card',
  card: noticeCard('That did not work', 'Rounds could not finish what you asked for.', 'Try again, or tell an admin.'),
} as const

function cardOf(reply: Reply | SubmissionReply): Card | undefined {
  switch (reply.kind) {
    case 'card':
      return reply.card
    case 'form':
      return noticeCard(reply.form.title, 'The form did not open.', 'Ask for it again.')
    case 'errors':
      return noticeCard('Not accepted', Object.values(reply.errors).join(' '), 'Open the form again.')
    case 'nothing':
      return undefined
  }
}

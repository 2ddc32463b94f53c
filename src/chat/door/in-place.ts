import type { Context } from '../../context.ts'
import type { Card } from '../../views/card.ts'
import { withResult } from '../../views/parts/with-result.ts'
import type { Actor, Reply } from '../port.ts'
import { understand } from '../words/understand.ts'

type Asked = {
  readonly actor: Actor
  readonly channel: string
  readonly deliveryId: string
  /** The words that ask for the card that it came from, if only the caller sees that card. */
  readonly shows: string | undefined
}

/** After an act, a person's own message is redrawn in its new state, with the result on top. */
export async function inPlace<R extends { readonly kind: string }>(
  context: Context,
  asked: Asked,
  reply: R,
): Promise<R | (R & { readonly card: Card; readonly replaces: true })> {
  const { shows } = asked
  if (shows === undefined || !isResult(reply)) return reply
  const again = await askAgain(context, asked, shows).catch(error => {
    // the act stands even if the card cannot be drawn again
    context.log.warn({ err: error, shows }, 'a card was not drawn again')
    return undefined
  })
  return again === undefined ? reply : { ...reply, card: withResult(again, reply.card), replaces: true }
}

function isResult<R extends object>(reply: R): reply is R & { readonly card: Card } {
  return 'isResult' in reply && reply.isResult === true && 'card' in reply
}

async function askAgain(context: Context, asked: Asked, shows: string): Promise<Card | undefined> {
  const { command, rest } = await understand(context, shows)
  const { actor, channel, deliveryId } = asked
  const request = { actor, text: shows, channel, isPrivate: true, canOpenForm: false, deliveryId }
  const reply: Reply = await command(context, request, rest)
  return reply.kind === 'card' ? { ...reply.card, shows } : undefined
}

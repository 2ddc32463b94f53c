import type { Acknowledge } from '../../../src/chat/port.ts'
import { ANSWER_WITHIN, within } from '../../within.ts'

/**
 * Slack hears that something arrived as soon as the door has written it down, and in time in any case: silence shows as
 * an error to the one who asked.
 */
export async function acknowledged<R>(
  ack: () => Promise<unknown>,
  knock: (acknowledge: Acknowledge) => Promise<R>,
): Promise<R> {
  let acknowledged: Promise<unknown> | undefined
  const once = () => {
    acknowledged ??= ack()
    return acknowledged
  }
  const reply = knock(once)
  await within(ANSWER_WITHIN, reply)
  await once()
  return reply
}

/**
 * The same for every delivery of one request, and for no other. Where Slack gives it no id of its own, what carried it
 * has one: the signature of an HTTP request, the envelope of a socket.
 */
export function deliveryOf(id: string | undefined, context: Readonly<Record<string, unknown>>): string {
  return id ?? `slack:${String(context.carrier)}`
}

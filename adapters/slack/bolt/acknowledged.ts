import type { Acknowledge } from '../../../src/chat/port.ts'
import { ANSWER_WITHIN, within } from '../../within.ts'

/**
 * Acknowledges to Slack as soon as the door has recorded the request, and in time in any case: silence shows as
 * an error to the person who asked.
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
 * The same for every delivery of one request, and for no other. If Slack gives it no id of its own, its carrier
 * has one: the signature of an HTTP request, or the envelope of a socket message.
 */
export function deliveryOf(id: string | undefined, context: Readonly<Record<string, unknown>>): string {
  return id ?? `slack:${String(context.carrier)}`
}

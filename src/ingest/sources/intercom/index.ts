import { hmac, isSame } from '../signature.ts'
import type { Delivery, Verdict, WebhookSource } from '../source.ts'
import { readIntercom } from './read.ts'

export const intercom: WebhookSource = {
  name: 'intercom',
  summary: 'Conversations: tickets_opened, tickets_open, escalations, first_response_hours, resolution_hours, reopened',
  verify,
  read: readIntercom,
}

/** Intercom signs no time, and sends again what failed for hours: a replay is harmless, since each event counts once. */
function verify({ header, body }: Delivery, secret: string): Verdict {
  const expected = `sha1=${hmac('sha1', secret, [body], 'hex')}`
  return isSame(expected, header('x-hub-signature') ?? '') ? 'valid' : 'forged'
}

import type { Instant } from '../../../domain/time/instant.ts'
import { fresh, hmac, isSame } from '../signature.ts'
import type { Delivery, Verdict, WebhookSource } from '../source.ts'
import { readZendesk } from './read.ts'

export const zendesk: WebhookSource = {
  name: 'zendesk',
  summary: 'Tickets: tickets_opened, tickets_open, escalations, first_response_hours, resolution_hours, reopened',
  verify,
  read: readZendesk,
}

function verify({ header, body }: Delivery, secret: string, now: Instant): Verdict {
  const time = header('x-zendesk-webhook-signature-timestamp') ?? ''
  const expected = hmac('sha256', secret, [time, body], 'base64')
  return fresh(isSame(expected, header('x-zendesk-webhook-signature') ?? ''), Date.parse(time), now)
}

import type { Instant } from '../../../domain/time/instant.ts'
import { fresh, hmac, isSame } from '../signature.ts'
import type { Delivery, Verdict, WebhookSource } from '../source.ts'
import { readHubspot } from './read.ts'

export const hubspot: WebhookSource = {
  name: 'hubspot',
  summary: 'Changes of a company: owner, renewal_on and other attributes',
  verify,
  read: readHubspot,
}

/** The third version of its signatures, over the address as HubSpot wrote it. */
function verify({ header, body, method, urls }: Delivery, secret: string, now: Instant): Verdict {
  const time = header('x-hubspot-request-timestamp') ?? ''
  const sent = header('x-hubspot-signature-v3') ?? ''
  const valid = urls.map(url => isSame(hmac('sha256', secret, [method, url, body, time], 'base64'), sent))
  return fresh(valid.includes(true), time === '' ? undefined : Number(time), now)
}

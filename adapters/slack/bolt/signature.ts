import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Signed } from '../../../src/chat/port.ts'

const FIVE_MINUTES = 300_000

/**
 * Whether Slack signed it, at most five minutes ago. Bolt compares signatures with a library that generates keys for that, which
 * takes Node longer than finding the account that was asked about.
 */
export function isSigned({ headers, body }: Signed, secret: string, now: number): boolean {
  const [stamp, signature] = [headers['x-slack-request-timestamp'], headers['x-slack-signature']]
  if (typeof stamp !== 'string' || typeof signature !== 'string' || !/^\d{1,12}$/.test(stamp)) return false
  if (Math.abs(now - Number(stamp) * 1_000) > FIVE_MINUTES) return false
  const right = `v0=${createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex')}`
  const [given, wanted] = [Buffer.from(signature), Buffer.from(right)]
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

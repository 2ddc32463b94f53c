import type { Instant } from '../../../domain/time/instant.ts'
import { fresh } from '../signature.ts'
import type { Delivery, Verdict } from '../source.ts'

/** Stripe's own library checks the signature; the time is checked here, because it goes by its own clock and allows the future. */
export async function verifyStripe({ header, body }: Delivery, secret: string, now: Instant): Promise<Verdict> {
  const { Stripe } = await import('stripe')
  const sent = header('stripe-signature') ?? ''
  const signedAt = Number(/(?:^|,)\s*t=(\d{1,12})(?:,|$)/.exec(sent)?.[1]) * 1_000
  const { signature } = Stripe.webhooks
  try {
    return fresh(signature?.verifyHeader(body, sent, secret, Number.MAX_SAFE_INTEGER) === true, signedAt, now)
  } catch {
    return 'forged'
  }
}

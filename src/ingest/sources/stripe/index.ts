import type { WebhookSource } from '../source.ts'
import { readStripe } from './read.ts'
import { verifyStripe } from './verify.ts'

export const stripe: WebhookSource = {
  name: 'stripe',
  summary: 'Invoices and subscriptions: invoices_overdue, days_past_due, mrr, renewal_on',
  verify: verifyStripe,
  read: readStripe,
}

import { hubspot } from './hubspot/index.ts'
import { intercom } from './intercom/index.ts'
import type { WebhookSource } from './source.ts'
import { stripe } from './stripe/index.ts'
import { zendesk } from './zendesk/index.ts'

/** The vendors whose webhooks come in: one line each. */
export const WEBHOOK_SOURCES: readonly WebhookSource[] = [stripe, zendesk, intercom, hubspot]

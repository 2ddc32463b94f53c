import { createHmac } from 'node:crypto'
import Stripe from 'stripe'
import { createServer, listen } from '../../src/http/server.ts'
import { loadSettings } from '../../src/model/settings.ts'
import { sourcesSchema } from '../../src/model/sources.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { migratedDatabase } from '../support/migrated.ts'
import { serverParts } from './service.ts'

export const NOW = Date.UTC(2026, 10, 20, 12)

const SOURCES = sourcesSchema.parse({
  stripe: { secret_env: 'STRIPE', account: 'metadata.account_id' },
  zendesk: { secret_env: 'ZENDESK', account: 'organization.external_id' },
  intercom: { secret_env: 'INTERCOM', account: 'company.company_id' },
  hubspot: { secret_env: 'HUBSPOT', account: 'properties.account_id' },
})

const SECRETS: Readonly<Record<string, string>> = {
  STRIPE: 'whsec_made_up',
  ZENDESK: 'zendesk made up',
  INTERCOM: 'intercom made up',
  HUBSPOT: 'hubspot made up',
}

export type Signed = { readonly path: string; readonly body: string; readonly headers: Record<string, string> }

/** A service that vendors send webhooks to, over a real port, with the account acme. */
export async function startWebhookService(secrets = SECRETS) {
  const connection = await migratedDatabase()
  const world = { now: NOW }
  const add = (id: string) => saveAccounts(connection.db, [{ id, name: id, attributes: new Map() }], world.now)
  await add('acme')
  const settings = { ...loadSettings(undefined), sources: SOURCES }
  const parts = {
    ...serverParts(connection),
    clock: () => world.now,
    settings: () => settings,
    secretOf: (name: string) => secrets[name],
  }
  const server = await listen(createServer(parts), { port: 0 })
  const host = `127.0.0.1:${server.port}`
  return Object.assign(world, {
    connection,
    host,
    add,
    settings,
    async send({ path, body, headers }: Signed) {
      const all = { 'content-type': 'application/json', ...headers }
      const response = await fetch(`http://${host}${path}`, { method: 'POST', headers: all, body })
      return [response.status, await response.json()] as const
    },
    async signals(account = 1) {
      const all = await connection.engine.signals.read(connection.db, account, NOW * 2)
      return all.map(
        ({ metric, value, observedAt }) => `${new Date(observedAt).toISOString().slice(0, 16)} ${metric} ${value}`,
      )
    },
    async end() {
      await server.close()
      await connection.close()
    },
  })
}

export type WebhookService = Awaited<ReturnType<typeof startWebhookService>>

/** Each request as its vendor signs it, at a time. */
export const SIGN = {
  stripe: (payload: unknown, at = NOW): Signed => {
    const body = JSON.stringify(payload)
    const signature = Stripe.webhooks.generateTestHeaderString({
      payload: body,
      secret: SECRETS.STRIPE ?? '',
      timestamp: Math.floor(at / 1_000),
    })
    return { path: '/v1/stripe', body, headers: { 'stripe-signature': signature } }
  },
  zendesk: (payload: unknown, at = NOW): Signed => {
    const body = JSON.stringify(payload)
    const time = new Date(at).toISOString()
    const signature = createHmac('sha256', SECRETS.ZENDESK ?? '')
      .update(time + body)
      .digest('base64')
    const headers = { 'x-zendesk-webhook-signature': signature, 'x-zendesk-webhook-signature-timestamp': time }
    return { path: '/v1/zendesk', body, headers }
  },
  intercom: (payload: unknown): Signed => {
    const body = JSON.stringify(payload)
    const signature = createHmac('sha1', SECRETS.INTERCOM ?? '')
      .update(body)
      .digest('hex')
    return { path: '/v1/intercom', body, headers: { 'x-hub-signature': `sha1=${signature}` } }
  },
  hubspot: (payload: unknown, at = NOW, url = 'https://rounds.example/v1/hubspot'): Signed => {
    const body = JSON.stringify(payload)
    const signed = `POST${url}${body}${at}`
    const signature = createHmac('sha256', SECRETS.HUBSPOT ?? '')
      .update(signed)
      .digest('base64')
    const headers = {
      'x-hubspot-signature-v3': signature,
      'x-hubspot-request-timestamp': String(at),
      'x-forwarded-host': new URL(url).host,
    }
    return { path: '/v1/hubspot', body, headers }
  },
}

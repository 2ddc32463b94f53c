import { Webhook } from 'standardwebhooks'
import type { Environment } from '../../config.ts'
import type { Context } from '../../context.ts'
import { retryAfter } from '../../domain/events/retry.ts'
import { DAY } from '../../domain/time/instant.ts'
import { isoTime } from '../../domain/time/iso-time.ts'
import type { Routes } from '../../model/routes.ts'
import type { PostOut } from '../../outbound/post-out.ts'
import { type Claim, isTakenOver, underClaim } from '../../store/claims/claims.ts'
import { deleteDeliveredEvents, eventsAfter, type StoredEvent, settledEventsAfter } from '../../store/events/events.ts'
import {
  deliveryClaimOf,
  markDelivered,
  markRefused,
  type Receiver,
  receiverOrNone,
  syncReceivers,
} from '../../store/events/receivers.ts'
import type { Db } from '../../store/tables.ts'
import { runAlone } from '../schedule/run-alone.ts'
import { eventDocumentOrNone } from './event-document.ts'

type Hook = Routes['webhooks'][number]

/** Events per receiver and round, so that the others get their turn. */
const MOST = 50

/** An event that could not be sent for this long is dropped. */
const KEPT = 14 * DAY

/** Sends events to every receiver in the settings, in order, at least once. One that refuses holds up none of the others. */
export async function sendEvents(context: Context, environment: Environment, post: PostOut): Promise<void> {
  const { connection, settings, clock } = context
  const hooks = settings.routes.webhooks
  const receivers = await syncReceivers(connection.db, hooks, clock())
  await Promise.all(
    hooks.map(async hook => {
      const receiver = receivers.find(({ url }) => url === hook.url)
      if (receiver !== undefined) await tell(context, hook, receiver, environment[hook.secret_env], post)
    }),
  )
  await deleteDeliveredEvents(connection.db, clock() - KEPT)
}

/** Under the receiver's claim: one instance at a time sends to it, and one that was frozen changes nothing late. */
async function tell(
  context: Context,
  hook: Hook,
  { url, told, notBefore }: Receiver,
  secret: string | undefined,
  post: PostOut,
): Promise<void> {
  const { connection, clock, log, instance } = context
  const { db } = connection
  if (notBefore > clock() || (await eventsAfter(db, told, 1)).length === 0) return
  const bid = { ...deliveryClaimOf(url), holder: instance }
  try {
    await runAlone(db, bid, 0, async claim => {
      const receiver = await receiverOrNone(db, url)
      if (receiver !== undefined) await tellUnder(context, claim, hook, receiver, secret, post)
    })
  } catch (error) {
    if (!isTakenOver(error)) throw error
    log.warn({ host: new URL(url).host }, 'another process took over a receiver of events, and may have told one again')
  }
}

async function tellUnder(
  context: Context,
  claim: Claim,
  hook: Hook,
  receiver: Receiver,
  secret: string | undefined,
  post: PostOut,
): Promise<void> {
  const { db } = context.connection
  const end = (write: (db: Db) => Promise<void>) => underClaim(db, claim, write)
  if (!secret) return end(db => refused(context, db, receiver, `${hook.secret_env} is not set`))
  for (const event of await settledEventsAfter(db, receiver.told, MOST)) {
    const document = hook.events.includes(event.kind) ? await eventDocumentOrNone(db, event) : undefined
    if (document !== undefined) {
      const fault = await told(context, hook, secret, { ...event, document }, post)
      if (fault !== undefined) return end(db => refused(context, db, receiver, fault.reason, fault.asked))
    }
    await end(db => markDelivered(db, hook.url, event.id))
  }
}

type Written = StoredEvent & { readonly document: Readonly<Record<string, unknown>> }

type Fault = { readonly reason: string; readonly asked?: number }

/** Undefined once the receiver has it. */
async function told(
  { clock, log }: Context,
  { url, allow_private: allowsPrivate }: Hook,
  secret: string,
  event: Written,
  post: PostOut,
): Promise<Fault | undefined> {
  const body = JSON.stringify({ type: event.kind, timestamp: isoTime(event.at), data: event.document })
  try {
    const headers = signed(secret, event, body, clock())
    const { status, retryAfter: asked } = await post(url, { headers, body, allowsPrivate })
    if (status >= 200 && status < 300) return undefined
    return { reason: `it answered ${status}`, ...(asked !== undefined && { asked }) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    log.warn({ host: new URL(url).host, reason }, 'an event was not delivered')
    return { reason }
  }
}

/** Standard Webhooks: the same id however often it is sent, and a signature over id, time and body. */
function signed(secret: string, { id, at }: StoredEvent, body: string, now: number): Record<string, string> {
  const message = `evt_${at.toString(36)}_${id}`
  const time = new Date(now)
  return {
    'content-type': 'application/json',
    'webhook-id': message,
    'webhook-timestamp': String(Math.floor(now / 1_000)),
    'webhook-signature': signer(secret).sign(message, time, body),
  }
}

function signer(secret: string): Webhook {
  try {
    return new Webhook(secret)
  } catch {
    throw new Error('its secret is not base64: write whsec_ and 24 to 64 bytes in base64')
  }
}

async function refused({ clock }: Context, db: Db, { url, tries }: Receiver, reason: string, asked?: number) {
  const { after } = retryAfter(tries + 1, asked)
  await markRefused(db, url, { tries: tries + 1, notBefore: clock() + after, fault: reason })
}

import { remedyOn } from '../chat/platform.ts'
import type { Context as WholeContext } from '../context.ts'
import { type BrokenDestination, brokenDestination } from '../domain/admin/broken-destination.ts'
import { type Destination, destinationName } from '../domain/delivery/destination.ts'
import type { Subject } from '../domain/delivery/subject.ts'
import { DAY, dayOf, type Instant } from '../domain/time/instant.ts'
import { addMessage } from '../store/delivery/outbox.ts'
import type { Db } from '../store/tables.ts'
import { brokenDestinationCard, type Trouble } from '../views/admin/broken-destination-card.ts'
import { adminEmails } from './admins.ts'

/** The settings name the first admins; without settings at hand, the people file must do. */
type Context = Pick<WholeContext, 'chats' | 'platforms'> & Partial<Pick<WholeContext, 'settings'>>

/**
 * Tells every admin, in a direct message, what cannot be delivered: once a day for each destination, whatever fails
 * there. Failures of these messages themselves are not reported, to avoid a loop.
 */
export async function notifyAdmins(
  db: Db,
  context: Context,
  message: { readonly to: Destination; readonly subject: Subject },
  trouble: Trouble,
  now: Instant,
): Promise<void> {
  if (message.subject.of === 'destination') return
  const id = trouble.fault === 'platform' ? message.to.platform : destinationName(message.to)
  const key = { subject: { of: 'destination', id }, purpose: 'fault', number: Date.parse(dayOf(now)) } as const
  const { fault, reason } = trouble
  const broken: BrokenDestination = fault === 'platform' ? { to: fault, reason } : brokenDestination(message.to, reason)
  const card = brokenDestinationCard(message.to, trouble, remedyOn(context.platforms, message.to.platform, broken))
  for (const to of await placesOfAdmins(db, context)) {
    await addMessage(db, { ...key, to, card, alerts: [], at: now, expiresAt: now + DAY })
  }
}

/** The direct messages of every admin, on each platform. */
export async function placesOfAdmins(db: Db, { chats, settings }: Omit<Context, 'platforms'>): Promise<Destination[]> {
  const all = await adminEmails(db, settings?.routes)
  return all.flatMap(admin => [...chats.keys()].map(platform => ({ platform, person: admin })))
}

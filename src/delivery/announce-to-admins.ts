import { remedyOn } from '../chat/platform.ts'
import type { Context as WholeContext } from '../context.ts'
import { type ClosedWay, closedWayTo } from '../domain/admin/closed-way.ts'
import { DAY, dayOf, type Instant } from '../domain/time/instant.ts'
import { addMessage, type Destination } from '../store/delivery/outbox.ts'
import type { Db } from '../store/tables.ts'
import { brokenWayCard, type Trouble } from '../views/admin/broken-destination-card.ts'
import { adminEmails } from './admins.ts'

/** The settings name the first admins; where there are none at hand the people file has to do. */
type Context = Pick<WholeContext, 'chats' | 'platforms'> & Partial<Pick<WholeContext, 'settings'>>

const NOTE = 'fault:'

/**
 * Tells every admin, in a direct message, what does not get through: once a day for a destination, whatever fails
 * there. Of notes that fail themselves nobody is told, else they would go round in circles.
 */
export async function tellAdmins(
  db: Db,
  context: Context,
  message: Destination & { readonly key: string },
  trouble: Trouble,
  now: Instant,
): Promise<void> {
  if (message.key.startsWith(NOTE)) return
  const where = trouble.fault === 'platform' ? message.platform : `${message.platform}:${message.to}`
  const { fault, reason } = trouble
  const way: ClosedWay = fault === 'platform' ? { to: fault, reason } : closedWayTo(message.to, reason)
  const card = brokenWayCard(message, trouble, remedyOn(context.platforms, message.platform, way))
  for (const { platform, to } of await placesOfAdmins(db, context)) {
    const note = { key: `${NOTE}${where}:${dayOf(now)}:${platform}:${to.slice(1)}`, platform, to }
    await addMessage(db, { ...note, card, alerts: [], at: now, expiresAt: now + DAY })
  }
}

/** The direct messages of every admin, on each platform. */
export async function placesOfAdmins(db: Db, { chats, settings }: Omit<Context, 'platforms'>): Promise<Destination[]> {
  const all = await adminEmails(db, settings?.routes)
  return all.flatMap(admin => [...chats.keys()].map(platform => ({ platform, to: `@${admin}` })))
}

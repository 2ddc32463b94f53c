import type { ExpressionBuilder } from 'kysely'
import type { Press, Request, SharedLinks, Shortcut, Submission } from '../../chat/port.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { isGone } from '../claims/instances.ts'
import { compiledOnce } from '../compiled-once.ts'
import type { Connection } from '../engine/engine.ts'
import type { Db, Tables } from '../tables.ts'

/** What people asked for, as it came in. */
export type Arrived =
  | { readonly kind: 'ask'; readonly request: Request }
  | { readonly kind: 'press'; readonly request: Press }
  | { readonly kind: 'shortcut'; readonly request: Shortcut }
  | { readonly kind: 'submit'; readonly request: Submission }
  | { readonly kind: 'links'; readonly request: SharedLinks }

/** Remembers that something was delivered; false when it had been before. */
export function isFirstDelivery(db: Db, delivery: string, at: Instant): Promise<boolean> {
  return note(db, { delivery, at })
}

/** When something was first delivered, within the last day; `now` if this is the first time. */
export async function firstArrival(db: Db, delivery: string, now: Instant): Promise<Instant> {
  if (await note(db, { delivery, at: now })) return now
  const row = await db.selectFrom('handled_deliveries').select('at').where('delivery', '=', delivery).executeTakeFirst()
  return row?.at ?? now
}

/** Records a request until it is done; returns whether it is new. */
export async function noteArrival(
  { db, engine }: Pick<Connection, 'db' | 'engine'>,
  { kind, request }: Arrived,
  { at, instance }: { readonly at: Instant; readonly instance: string },
): Promise<{ readonly isFirst: boolean; onDisk(): Promise<void> }> {
  const row = { delivery: request.deliveryId, at, kind, request: JSON.stringify(request), instance }
  const { result: isFirst, onDisk } = await engine.writeLightly(db, db => note(db, row))
  return { isFirst, onDisk }
}

/** Marks a request as done, and forgets its content. */
export async function markHandled(db: Db, delivery: string): Promise<void> {
  await forgetRequest(db, delivery)
}

/** Makes sure that a request is never handled, even if its row exists or is still being written. */
export async function refuseArrival(db: Db, delivery: string, at: Instant): Promise<void> {
  await db
    .insertInto('handled_deliveries')
    .values({ delivery, at })
    .onConflict(conflict => conflict.column('delivery').doUpdateSet({ request: null }))
    .execute()
}

const forgetRequest = compiledOnce((db, delivery: string) =>
  db.updateTable('handled_deliveries').set({ request: null }).where('delivery', '=', delivery),
)

/** Requests that a lost instance recorded and never finished, oldest first; and those that this one took over. */
export async function unhandledArrivals(
  db: Db,
  instance: string,
  taken: readonly string[] = [],
): Promise<(Arrived & { readonly tries: number })[]> {
  const rows = await db
    .selectFrom('handled_deliveries')
    .select(['kind', 'request', 'tries'])
    .where('request', 'is not', null)
    .where(isLeft(db, instance, taken))
    .orderBy('at')
    .execute()
  // Both columns were written by `noteArrival` only.
  return rows.map(({ kind, request, tries }) => ({ kind, request: JSON.parse(request ?? ''), tries }) as never)
}

/**
 * Takes over a request of a lost instance; false if another was faster. The try is counted before it is made:
 * a request that crashes the process must not be retried forever.
 */
export async function takeArrival(
  db: Db,
  delivery: string,
  instance: string,
  taken: readonly string[] = [],
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('handled_deliveries')
    .set(({ eb }) => ({ instance, tries: eb('tries', '+', 1) }))
    .where('delivery', '=', delivery)
    .where('request', 'is not', null)
    .where(isLeft(db, instance, taken))
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Left by an instance that is gone, or by this one, which took it and could not go on. */
function isLeft(db: Db, instance: string, taken: readonly string[]) {
  return ({ eb, or, and }: ExpressionBuilder<Tables, 'handled_deliveries'>) => {
    const mine = and([eb('instance', '=', instance), eb('delivery', 'in', taken)])
    return or([isGone(db, 'instance', instance), ...(taken.length > 0 ? [mine] : [])])
  }
}

export async function forgetDeliveries(db: Db, before: Instant): Promise<void> {
  await db.deleteFrom('handled_deliveries').where('at', '<', before).where('request', 'is', null).execute()
}

type Text = string | null

type Note = {
  readonly delivery: string
  readonly at: Instant
  readonly kind?: Text
  readonly request?: Text
  readonly instance?: Text
}

async function note(db: Db, { delivery, at, kind = null, request = null, instance = null }: Note): Promise<boolean> {
  return (await addDelivery(db, delivery, at, kind, request, instance)).length > 0
}

const addDelivery = compiledOnce((db, delivery: string, at: Instant, kind: Text, request: Text, instance: Text) =>
  db
    .insertInto('handled_deliveries')
    .values({ delivery, at, kind, request, instance })
    .onConflict(conflict => conflict.column('delivery').doNothing())
    .returning('delivery'),
)

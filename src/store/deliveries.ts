import type { Instant } from '../domain/instant.ts'
import type { Db } from './tables.ts'

/** Remembers that something was delivered; false when it had been before. */
export async function isFirstDelivery(db: Db, delivery: string, at: Instant): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('handled_deliveries')
    .values({ delivery, at })
    .onConflict(conflict => conflict.column('delivery').doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function forgetDeliveries(db: Db, before: Instant): Promise<void> {
  await db.deleteFrom('handled_deliveries').where('at', '<', before).execute()
}

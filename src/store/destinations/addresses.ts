import type { Db } from '../tables.ts'

/** What a platform stored to reach `id` again. */
export async function findAddressOrNone(db: Db, platform: string, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('addresses')
    .select('address')
    .where('platform', '=', platform)
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.address
}

/** Stores the address of an id: the newest one counts. */
export async function saveAddress(db: Db, platform: string, id: string, address: string): Promise<void> {
  await db
    .insertInto('addresses')
    .values({ platform, id, address })
    .onConflict(conflict => conflict.columns(['platform', 'id']).doUpdateSet({ address }))
    .execute()
}

/** Whether a platform has ever heard from anybody, or any channel. */
export async function knowsAnyAddress(db: Db, platform: string): Promise<boolean> {
  const row = await db.selectFrom('addresses').select('id').where('platform', '=', platform).limit(1).executeTakeFirst()
  return row !== undefined
}

import type { Db } from '../tables.ts'

/** What a platform wrote down to reach `id` again. */
export async function findAddressOrNone(db: Db, platform: string, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('addresses')
    .select('address')
    .where('platform', '=', platform)
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.address
}

/** The newest address of an id is the one that counts. */
export async function keepAddress(db: Db, platform: string, id: string, address: string): Promise<void> {
  await db
    .insertInto('addresses')
    .values({ platform, id, address })
    .onConflict(conflict => conflict.columns(['platform', 'id']).doUpdateSet({ address }))
    .execute()
}

/** Whether anybody or any channel of a platform was ever heard of. */
export async function knowsAnyAddress(db: Db, platform: string): Promise<boolean> {
  const row = await db.selectFrom('addresses').select('id').where('platform', '=', platform).limit(1).executeTakeFirst()
  return row !== undefined
}

import type { Instant } from '../domain/instant.ts'
import type { Destination } from './outbox.ts'
import type { Db } from './tables.ts'

/** Stands for all destinations of a platform. */
export const EVERYWHERE = '*'

export async function pausePlatform(db: Db, { platform }: Destination, until: Instant): Promise<void> {
  await pauseDestination(db, { platform, to: EVERYWHERE }, until)
}

export async function pauseDestination(db: Db, { platform, to }: Destination, until: Instant): Promise<void> {
  await db
    .insertInto('destination_pauses')
    .values({ platform, destination: to, until })
    .onConflict(conflict => conflict.columns(['platform', 'destination']).doUpdateSet({ until }))
    .execute()
}

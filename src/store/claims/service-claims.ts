import type { Db } from '../tables.ts'

/** What the names of holders begin with that are services. */
export const SERVICE = 'service:'

/** At the start of a service, the only one on its database: what an earlier one was at, it is at no more. */
export async function voidServiceClaims(db: Db): Promise<void> {
  await db.updateTable('claims').set({ holder: null, until: 0 }).where('holder', 'like', `${SERVICE}%`).execute()
}

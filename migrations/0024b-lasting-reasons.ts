import type { Kysely } from 'kysely'

export async function lastingReasons(db: Kysely<any>): Promise<void> {
  // "Renews 2027-01-31, in 18 days. Usage fell": how near it is, is said when it is read.
  const stored = db.selectFrom('alerts').select(['id', 'reason']).where('kind', '=', 'renewal_risk')
  for (const { id, reason } of await stored.where('reason', 'like', 'Renews %. %').execute()) {
    const lasting = reason.slice(reason.indexOf('. ') + 2)
    await db.updateTable('alerts').set({ reason: lasting }).where('id', '=', id).execute()
  }
}

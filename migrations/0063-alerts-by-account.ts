import type { Kysely } from 'kysely'

/** An account's alerts are found without reading everybody's. */
export async function alertsByAccount(db: Kysely<any>): Promise<void> {
  await db.schema.createIndex('alerts_by_account').on('alerts').columns(['account', 'opened_at']).execute()
}

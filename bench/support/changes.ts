import type { Instant } from '../../src/domain/time/instant.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { recordStatusChanges } from '../../src/store/scoring/statuses/status-changes.ts'

/** The first so many accounts are at risk now, or healthy if they were at risk. */
export async function changeStatuses({ db }: Connection, accounts: number, at: Instant): Promise<void> {
  const statuses = db.selectFrom('current_status').select(['account', 'verdict', 'model']).orderBy('account')
  for (const { account, verdict, model } of await statuses.limit(accounts).execute()) {
    const role = verdict === 'at_risk' ? 'healthy' : 'at_risk'
    const status = { verdict: role, role }
    await recordStatusChanges(db, [{ account, model, ...status, at, expansion_ready: 0 }], true)
    await db.updateTable('current_status').set(status).where('account', '=', account).execute()
  }
}

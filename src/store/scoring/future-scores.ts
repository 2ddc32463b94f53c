import { DAY, dayOf, type Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'
import { markDue } from './due-accounts.ts'
import { newestScores } from './newest-scores.ts'
import { recordEndOfStatus, recordStatusChanges } from './statuses/status-changes.ts'

/**
 * Voids scorings that a clock that ran ahead dated in the future: they never happened. What people were shown before
 * applies again, so that they neither hide it nor stand in the way of a later scoring.
 */
export async function voidFutureScores(db: Db, now: Instant): Promise<void> {
  const ahead = await db.selectFrom('current_status').select('account').where('at', '>', now).execute()
  await db
    .deleteFrom('scores')
    .where('day', '>=', dayOf(now - DAY))
    .where('at', '>', now)
    .execute()
  await db.deleteFrom('transitions').where('at', '>', now).execute()
  // Digests have announced these changes, so they stay, and new ones revert them.
  await db.updateTable('status_changes').set({ at: now }).where('at', '>', now).execute()
  for (const { account } of ahead) {
    await restore(db, account)
    await markDue(db, account)
  }
}

async function restore(db: Db, account: number): Promise<void> {
  const settled = db
    .selectFrom('scores')
    .select(['at', 'score', 'shown', 'verdict', 'coverage', 'model', 'has_sharp_drop', 'expansion_ready', 'rules_held'])
    .where('account', '=', account)
    .where('origin', '!=', 'number')
    .orderBy('day', 'desc')
  const [last] = await newestScores(db, { most: 1 }, days => settled.where('day', 'in', days).execute())
  if (last === undefined) {
    await recordEndOfStatus(db, account)
    await db.deleteFrom('current_status').where('account', '=', account).execute()
    return
  }
  const role = await roleOrNone(db, account, last.verdict)
  await recordStatusChanges(db, [{ ...last, account, role }], true)
  await db
    .updateTable('current_status')
    .set({ ...last, role })
    .where('account', '=', account)
    .execute()
}

/** The role that a verdict had when the account last had it. */
async function roleOrNone(db: Db, account: number, verdict: string): Promise<string | null> {
  const changes = db.selectFrom('status_changes').select('role').where('account', '=', account)
  const row = await changes.where('verdict', '=', verdict).orderBy('id', 'desc').limit(1).executeTakeFirst()
  return row?.role ?? null
}

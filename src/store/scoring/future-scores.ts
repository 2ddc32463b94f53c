import { DAY, dayOf, type Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'
import { newestScores } from './days-back.ts'
import { markDue } from './due-accounts.ts'

/**
 * A clock that ran ahead dated scorings in the future: they never happened. What people were shown before them stands
 * again, so that they neither hide it nor stand in the way of a later scoring.
 */
export async function voidFutureScores(db: Db, now: Instant): Promise<void> {
  const ahead = await db.selectFrom('current_status').select('account').where('at', '>', now).execute()
  await db
    .deleteFrom('scores')
    .where('day', '>=', dayOf(now - DAY))
    .where('at', '>', now)
    .execute()
  await db.deleteFrom('transitions').where('at', '>', now).execute()
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
  if (last === undefined) await db.deleteFrom('current_status').where('account', '=', account).execute()
  else await db.updateTable('current_status').set(last).where('account', '=', account).execute()
}

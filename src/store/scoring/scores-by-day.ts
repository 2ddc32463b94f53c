import { dayOf, type Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

/** The stored daily scores from a day on, oldest first, a day in memory at a time. */
export async function* readScoresByDay(db: Db, since: Instant) {
  for (let day: string | undefined = await nextDay(db, '>=', dayOf(since)); day !== undefined; ) {
    yield* await db
      .selectFrom('scores')
      .innerJoin('accounts', 'accounts.key', 'scores.account')
      .innerJoin('models', 'models.key', 'scores.model')
      .select(['day', 'accounts.id as account_id', 'score', 'shown', 'band', 'verdict', 'coverage', 'segment'])
      .select('models.version as model')
      .where('day', '=', day)
      .orderBy('scores.account')
      .execute()
    day = await nextDay(db, '>', day)
  }
}

async function nextDay(db: Db, comparison: '>' | '>=', day: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('scores')
    .select('day')
    .where('day', comparison, day)
    .orderBy('day')
    .limit(1)
    .executeTakeFirst()
  return row?.day
}

import type { Day, Instant } from '../../domain/time/instant.ts'
import { compiledOnce } from '../compiled-once.ts'
import type { Db } from '../tables.ts'
import { newestScores } from './days-back.ts'

export type DailyScore = {
  readonly day: Day
  readonly score: number | null
  readonly shown: number | null
  readonly band: string | null
  readonly verdict: string
  readonly coverage: number
  readonly model: string
}

/** What a small chart needs of the newest `most` days that have scores, oldest first: a day without a number has none. */
export async function shownLately(
  db: Db,
  account: number,
  wanted: { readonly most: number; readonly until: Instant },
): Promise<number[]> {
  const rows = await newestScores(db, wanted, days => shownOn(db, account, ...days))
  return rows.flatMap(({ shown }) => (shown === null ? [] : [shown])).reverse()
}

const shownOn = compiledOnce((db, account: number, ...days: readonly Day[]) =>
  db
    .selectFrom('scores')
    .select('shown')
    .where('account', '=', account)
    .where('day', 'in', days)
    .orderBy('day', 'desc'),
)

/** An account's stored daily scores, oldest first: the newest `most` of them. */
export async function readHistory(db: Db, account: number, wanted = { most: 10_000 }): Promise<DailyScore[]> {
  const scores = db
    .selectFrom('scores')
    .innerJoin('models', 'models.key', 'scores.model')
    .select(['day', 'score', 'shown', 'band', 'verdict', 'coverage', 'models.version as model'])
    .where('account', '=', account)
    .orderBy('day', 'desc')
  const rows = await newestScores(db, wanted, days => scores.where('day', 'in', days).execute())
  return rows.reverse()
}

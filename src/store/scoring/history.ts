import type { Day, Instant } from '../../domain/time/instant.ts'
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

type Wanted = { readonly most: number; readonly until?: Instant }

/** An account's stored daily scores, oldest first: the newest `most` of them. */
export async function readHistory(db: Db, account: number, wanted: Wanted = { most: 10_000 }): Promise<DailyScore[]> {
  const scores = db
    .selectFrom('scores')
    .innerJoin('models', 'models.key', 'scores.model')
    .select(['day', 'score', 'shown', 'band', 'verdict', 'coverage', 'models.version as model'])
    .where('account', '=', account)
    .orderBy('day', 'desc')
  const rows = await newestScores(db, wanted, days => scores.where('day', 'in', days).execute())
  return rows.reverse()
}

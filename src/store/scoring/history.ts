import { DAY, type Day, dayOf, type Instant, laterDay } from '../../domain/time/instant.ts'
import { compiledOnce } from '../compiled-once.ts'
import type { Db } from '../tables.ts'
import { newestScores } from './newest-scores.ts'

export type DailyScore = {
  readonly day: Day
  readonly score: number | null
  readonly shown: number | null
  readonly band: string | null
  readonly verdict: string
  readonly coverage: number
  readonly model: string
}

/** A shown score and the day that it is of. */
export type ShownOn = { readonly day: Day; readonly shown: number }

const WEEK = 7

/** What a small chart needs: the newest day that has a score, and the same weekday of the weeks before, oldest first. */
export async function shownWeekly(
  db: Db,
  account: number,
  { weeks, until }: { readonly weeks: number; readonly until: Instant },
): Promise<ShownOn[]> {
  const today = dayOf(until)
  const ahead = laterDay(today, 1)
  // The newest score is mostly of today: then one query finds them all.
  let rows = await shownOn(db, account, ahead, ...daysBack(today, weeks, WEEK))
  if (rows[0]?.day !== today) {
    const [newest] = await newestOn(db, account, ...daysBack(ahead, WEEK + 2, 1))
    rows = newest === undefined ? [] : await shownOn(db, account, ...daysBack(newest.day, weeks, WEEK))
  }
  return rows.flatMap(({ day, shown }) => (shown === null ? [] : [{ day, shown }])).reverse()
}

function daysBack(day: Day, count: number, step: number): Day[] {
  const newest = Date.parse(day)
  return Array.from({ length: count }, (_, back) => dayOf(newest - back * step * DAY))
}

const shownOn = compiledOnce(scoresOn)

/** Looks at the newest day first, and at none after the first that has a score. */
const newestOn = compiledOnce((db, account: number, ...days: readonly Day[]) => scoresOn(db, account, ...days).limit(1))

function scoresOn(db: Db, account: number, ...days: readonly Day[]) {
  return db
    .selectFrom('scores')
    .select(['day', 'shown'])
    .where('account', '=', account)
    .where('day', 'in', days)
    .orderBy('day', 'desc')
}

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

import { type Day, dayOf, type Instant, laterDay } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

/** The most days to ask for at once. */
const LONGEST = 256

/**
 * The newest scores of one account, `most` of them or all there are, up to an instant. Scores are keyed by day, then
 * account: asking for days is a seek each, while asking for the account alone reads everybody's. `rowsOn` reads the
 * rows of some days, newest first.
 */
export async function newestScores<Row>(
  db: Db,
  { most, until }: { readonly most: number; readonly until?: Instant },
  rowsOn: (days: readonly Day[]) => Promise<readonly Row[]>,
): Promise<Row[]> {
  const rows: Row[] = []
  let day = until === undefined ? await edgeOf(db, 'desc') : dayAhead(until)
  let oldest: Day | undefined
  for (let length = Math.min(most + 2, LONGEST); day !== undefined; length = Math.min(2 * length, LONGEST)) {
    const newest: Day = day
    rows.push(...(await rowsOn(Array.from({ length }, (_, back) => laterDay(newest, -back)))))
    if (rows.length >= most) break
    oldest ??= await edgeOf(db, 'asc')
    day = laterDay(newest, -length)
    if (oldest === undefined || day < oldest) break
  }
  return rows.slice(0, most)
}

/** The day of a row is that of a calendar, which may be a day ahead of UTC. */
function dayAhead(instant: Instant): Day {
  return laterDay(dayOf(instant), 1)
}

/** The newest or the oldest day that has scores. */
async function edgeOf(db: Db, direction: 'asc' | 'desc'): Promise<Day | undefined> {
  return (await db.selectFrom('scores').select('day').orderBy('day', direction).limit(1).executeTakeFirst())?.day
}

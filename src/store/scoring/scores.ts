import type { CurrentStatus } from '../../domain/alerts/alert.ts'
import type { Score } from '../../domain/scoring/outline.ts'
import { type Day, type Instant, laterDay } from '../../domain/time/instant.ts'
import { compiledOnce } from '../compiled-once.ts'
import { type AccountKeys, isAmong } from '../engine/account-keys.ts'
import { excludedColumns, rowWriter } from '../row-writer.ts'
import type { Db } from '../tables.ts'

/** How a day's row came about: announced as it was scored, filled in later, or a number alone that settled nothing. */
export type Origin = 'scheduled' | 'filled' | 'number'

/** What is kept of an account's scoring, without everything it looked at, which would fill the memory. */
export type ScoredAccount = {
  readonly account: number
  /** Of the calendar in whose zone scoring is scheduled. */
  readonly day: Day
  readonly at: Instant
  readonly score: Score | undefined
  readonly coverage: number
  readonly segment: string | undefined
  readonly status: CurrentStatus
  readonly expansionHeld: boolean
}

/** Writes the rows of these scorings. A number alone never replaces the verdict of a day that was settled. */
export async function saveScores(
  db: Db,
  scored: readonly ScoredAccount[],
  model: number,
  origin: Origin,
): Promise<void> {
  const rows = scored.map(({ account, day, at, score, coverage, segment, status, expansionHeld }) => ({
    day,
    account,
    at,
    origin,
    score: score?.value ?? null,
    shown: score?.shown ?? null,
    band: score?.band.id ?? null,
    verdict: status.verdict,
    coverage,
    segment: segment ?? null,
    model,
    has_sharp_drop: status.hasSharpDrop ? 1 : 0,
    expansion_held: expansionHeld ? 1 : 0,
    expansion_ready: status.expansionReady ? 1 : 0,
    rules_held: status.rules?.join(',') ?? null,
  }))
  await (origin === 'number' ? writeNumbers : writeSettled)(db, rows)
}

const NUMBERS = ['at', 'score', 'shown', 'band', 'coverage', 'segment', 'model'] as const
const VERDICT = ['origin', 'verdict', 'has_sharp_drop', 'expansion_held', 'expansion_ready', 'rules_held'] as const

const writeSettled = rowWriter('scores', insert =>
  insert.onConflict(conflict =>
    conflict.columns(['day', 'account']).doUpdateSet(excludedColumns([...NUMBERS, ...VERDICT])),
  ),
)

/** A number alone leaves what was settled that day as it was, unless it is from the very same instant. */
const writeNumbers = rowWriter('scores', insert =>
  insert.onConflict(conflict =>
    conflict
      .columns(['day', 'account'])
      .doUpdateSet(excludedColumns(NUMBERS))
      .where(({ eb, ref, or }) =>
        or([eb('scores.origin', '=', ref('excluded.origin')), eb('scores.at', '=', ref('excluded.at'))]),
      ),
  ),
)

export type SettledDay = { readonly origin: Origin; readonly at: Instant }

/** The newest settled scoring of each of these accounts, if it is of this day or a later one. */
export async function settledSince(db: Db, accounts: AccountKeys, day: Day): Promise<Map<number, SettledDay>> {
  const days = await daysSince(db, day)
  if (days.length === 0) return new Map()
  const rows = await db
    .selectFrom('scores')
    .select(['account', 'origin', 'at'])
    .where('day', 'in', days)
    .where(isAmong('account', accounts))
    .where('origin', '!=', 'number')
    .orderBy('day')
    .execute()
  return new Map(rows.map(({ account, origin, at }) => [account, { origin: origin as Origin, at }]))
}

/** The days from this one on that have scores, each found by one seek; finding an account's row of a day is another. */
async function daysSince(db: Db, day: Day): Promise<Day[]> {
  const days: Day[] = []
  for (let from = day; ; from = laterDay(from, 1)) {
    const [row] = await firstDayFrom(db, from)
    if (row === undefined) return days
    days.push(row.day)
    from = row.day
  }
}

const firstDayFrom = compiledOnce((db, day: Day) =>
  db.selectFrom('scores').select('day').where('day', '>=', day).orderBy('day').limit(1),
)

/** Whether a slot has settled anybody since. */
export async function isAnySettledSince(db: Db, day: Day, at: Instant): Promise<boolean> {
  const row = db.selectFrom('scores').select('at').where('day', '>=', day).where('at', '>=', at)
  return (await row.where('origin', '=', 'scheduled').limit(1).executeTakeFirst()) !== undefined
}

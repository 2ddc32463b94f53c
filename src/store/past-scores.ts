import type { Standing } from '../domain/alert.ts'
import { ALERT_KINDS, type AlertKind } from '../domain/alert-kind.ts'
import { groupedBy } from '../domain/grouped.ts'
import type { Day } from '../domain/instant.ts'
import type { Scoring } from '../domain/settle.ts'
import type { Db } from './tables.ts'
import type { KeyRange } from './window-scan.ts'

/** What was told and found before an instant, of each account in a range. */
export type PastScores = {
  told(account: number): Standing | undefined
  earlier(account: number): readonly Scoring[]
}

/**
 * The scorings of the days before `day` under one model, and what was told last. Scorings of another model do not
 * count: a new model begins with a new, silent baseline.
 */
export async function readPastScores(
  db: Db,
  accounts: KeyRange,
  day: Day,
  model: number,
  dwell: number,
  source: 'standings' | 'scores',
): Promise<PastScores> {
  const days = await settledDaysBefore(db, day, dwell)
  const rows =
    days.length === 0
      ? []
      : await db
          .selectFrom('scores')
          .selectAll()
          .where('day', 'in', days)
          .where('account', '>=', accounts.first)
          .where('account', '<=', accounts.last)
          .where('origin', '!=', 'number')
          .orderBy('day', 'desc')
          .execute()
  const earlier = groupedBy(
    rows.filter(row => row.model === model),
    row => row.account,
  )
  const newest = groupedBy(rows, row => row.account)
  const standings =
    source === 'scores'
      ? []
      : await db
          .selectFrom('standings')
          .selectAll()
          .where('account', '>=', accounts.first)
          .where('account', '<=', accounts.last)
          .where('model', '=', model)
          .execute()
  const told = new Map(standings.map(row => [row.account, row]))
  return {
    earlier: account =>
      (earlier.get(account) ?? []).slice(0, dwell).map(row => ({
        ...(row.shown !== null && { shown: row.shown }),
        hasSharpDrop: row.has_sharp_drop === 1,
        expansionHeld: row.expansion_held === 1,
        ...rulesOf(row),
      })),
    told: account => {
      const row = source === 'standings' ? told.get(account) : newest.get(account)?.[0]
      if (row === undefined || row.model !== model) return undefined
      return {
        verdict: row.verdict,
        hasSharpDrop: row.has_sharp_drop === 1,
        expansionReady: row.expansion_ready === 1,
        ...rulesOf(row),
      }
    },
  }
}

/** Absent where no scoring looked yet. */
function rulesOf({ rules_held: held }: { rules_held: string | null }): { rules?: readonly AlertKind[] } {
  return held === null ? {} : { rules: ALERT_KINDS.filter(kind => held.split(',').includes(kind)) }
}

/** The newest days with scorings, each found by one seek; a few more than `dwell`, for accounts that missed one. */
async function settledDaysBefore(db: Db, day: Day, dwell: number): Promise<Day[]> {
  const days: Day[] = []
  for (let before = day; days.length < dwell + 5; ) {
    const row = await db
      .selectFrom('scores')
      .select('day')
      .where('day', '<', before)
      .where('origin', '!=', 'number')
      .orderBy('day', 'desc')
      .limit(1)
      .executeTakeFirst()
    if (row === undefined) break
    days.push(row.day)
    before = row.day
  }
  return days
}

import type Sqlite from 'better-sqlite3'
import type { Reach } from '../../../../domain/scoring/reach.ts'
import { type ReachedWeeks, type Stored, weeksWithin } from '../../signals/reached-weeks.ts'
import { prepared } from '../connection/prepared-statements.ts'

export function reachedWeeks(sqlite: Sqlite.Database, reach: Reach): ReachedWeeks {
  const stored = prepared<[], Stored>(
    sqlite,
    `SELECT (SELECT min(week) FROM signals) AS first, (SELECT max(week) FROM signals) AS last,
      (SELECT count(*) FROM metrics) AS metrics`,
  ).get()
  const find = prepared<[string], number>(sqlite, 'SELECT key FROM metrics WHERE name = ?', 'values')
  return weeksWithin(reach, name => find.get(name), stored)
}

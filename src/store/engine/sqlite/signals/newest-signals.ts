import type Sqlite from 'better-sqlite3'
import type { Gathering } from '../../../../domain/scoring/readings/gathering.ts'
import type { MissingSeries } from '../../signals/series-pass.ts'
import { weekOf, weekStart } from '../../signals/week.ts'
import { prepared } from '../connection/prepared-statements.ts'
import { TIE_RANK } from './signal-scan.ts'

/**
 * Searches back week by week, so that a metric that reports once a year costs some seeks and not a scan. For `+?` see
 * the query compiler.
 */
export function newestSignals(
  sqlite: Sqlite.Database,
  missing: readonly MissingSeries[],
  take: Gathering['add'],
): void {
  const newest = prepared<[number, number, number], number | null>(
    sqlite,
    'SELECT max(time_in_week) FROM signals WHERE week = +? AND account = +? AND metric = +?',
    'values',
  )
  const ofInstant = prepared<[number, number, number, number], [value: number, rank: number]>(
    sqlite,
    `SELECT value, ${TIE_RANK} FROM signals WHERE week = +? AND account = +? AND metric = +? AND time_in_week = +? ORDER BY id`,
    'arrays',
  )
  for (const { series, account, metric, lastWeek, after } of missing) {
    for (let week = lastWeek; week >= weekOf(after); week -= 1) {
      const time = newest.get(week, account, metric)
      if (time == null) continue
      const at = weekStart(week) + time
      for (const [value, rank] of ofInstant.all(week, account, metric, time)) take(series, at, value, rank)
      break
    }
  }
}

import { counted } from '../../domain/counted.ts'
import type { Silence } from '../../domain/sources/silence.ts'
import { DAY, dayOf } from '../../domain/time/instant.ts'

/** "No active_users from warehouse since Tuesday 2026-11-24; it usually comes every day". */
export function silenceWords({ metric, sources, newestAt, usualGap }: Silence, label = metric): string {
  const weekday = WEEKDAYS.format(newestAt)
  const days = Math.round(usualGap / DAY)
  const rhythm = days === 1 ? 'every day' : `every ${counted(days, 'day')}`
  const from = sources.join(', ')
  return `No ${label} from ${from} since ${weekday} ${dayOf(newestAt)}; it usually comes ${rhythm}`
}

const WEEKDAYS = new Intl.DateTimeFormat('en-US', { weekday: 'long', timeZone: 'UTC' })

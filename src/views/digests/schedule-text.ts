import { WEEKDAYS, type Weekday, weeklyOf } from '../../domain/digests/weekly-schedule.ts'

export const DAY_NAMES: Readonly<Record<Weekday, string>> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
}

/** "Mondays to Fridays at 08:30 Europe/Berlin"; what says more than days and a time stands as cron has it. */
export function scheduleText(cron: string, timeZone: string): string {
  const weekly = weeklyOf(cron)
  if (weekly === undefined || weekly.days.length === 0) return `${cron} in ${timeZone}`
  return `${daysText(weekly.days)} at ${weekly.time} ${timeZone}`
}

function daysText(days: readonly Weekday[]): string {
  if (days.length === WEEKDAYS.length) return 'Every day'
  const names = days.map(day => `${DAY_NAMES[day]}s`)
  const [first = '', last = ''] = [names[0], names.at(-1)]
  const span = WEEKDAYS.indexOf(days.at(-1) ?? 'mon') - WEEKDAYS.indexOf(days[0] ?? 'mon')
  if (days.length > 2 && span === days.length - 1) return `${first} to ${last}`
  return names.length === 1 ? first : `${names.slice(0, -1).join(', ')} and ${last}`
}

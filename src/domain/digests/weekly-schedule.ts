/** The days of a week as people choose them, in their order. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** Some days of each week, at one time of day such as `08:30`. */
export type Weekly = { readonly days: readonly Weekday[]; readonly time: string }

/** The five fields of cron that mean the same. */
export function cronOf({ days, time }: Weekly): string {
  const [hour, minute] = time.split(':').map(Number)
  const chosen = WEEKDAYS.flatMap((day, index) => (days.includes(day) ? [index + 1] : []))
  const [first, last] = [chosen[0], chosen.at(-1)]
  const isRun = chosen.length > 2 && Number(last) - Number(first) === chosen.length - 1
  // Sunday is 0 for cron, and 7 as the end of a range.
  const written = isRun ? `${first}-${last}` : chosen.map(day => day % 7).join(',')
  return `${minute} ${hour} * * ${chosen.length === WEEKDAYS.length ? '*' : written}`
}

/** Undefined for a schedule that says more than days and a time. */
export function weeklyOf(cron: string): Weekly | undefined {
  const [, minute, hour, days] = /^\s*([0-5]?\d)\s+([01]?\d|2[0-3])\s+\*\s+\*\s+(\S+)\s*$/.exec(cron) ?? []
  if (minute === undefined || hour === undefined || days === undefined) return undefined
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`
  if (days === '*') return { days: WEEKDAYS, time }
  const numbers = days.split(',').map(daysIn)
  if (numbers.includes(undefined)) return undefined
  const found = new Set(numbers.flat().map(number => (Number(number) + 6) % 7))
  return { days: WEEKDAYS.filter((_, index) => found.has(index)), time }
}

/** `5`, `fri` or `1-5`, as numbers from 0 for Sunday to 7 for Sunday again. */
function daysIn(text: string): number[] | undefined {
  const [from, to = from, ...more] = text.toLowerCase().split('-').map(numberOf)
  if (from === undefined || to === undefined || more.length > 0 || to < from) return undefined
  return Array.from({ length: to - from + 1 }, (_, step) => from + step)
}

function numberOf(text: string): number | undefined {
  if (/^[0-7]$/.test(text)) return Number(text)
  const index = (WEEKDAYS as readonly string[]).indexOf(text)
  return index < 0 ? undefined : index + 1
}

import { shortText } from '../../domain/quoted.ts'
import { DAY, type Instant, startOfDay } from '../../domain/time/instant.ts'
import { dayIn } from '../../domain/time/zoned-time.ts'

/** 1250000 -> "1.25M", for what is in no one currency: a sum over accounts. */
export function moneyText(amount: number): string {
  return formatIn('').format(amount)
}

/** For one account: "$1.25M" by default, "€1.25M" in its own currency; anything but a currency code follows the number. */
export function arrText(amount: number, currency = ''): string {
  const code = currency.trim().toUpperCase() || 'USD'
  return CODE.test(code) ? formatIn(code).format(amount) : `${moneyText(amount)} ${shortText(currency)}`.trim()
}

const CODE = /^[A-Z]{3}$/
const COMPACT = { notation: 'compact', minimumFractionDigits: 0, maximumFractionDigits: 2 } as const

/** Made once, and when it is needed: making a format takes far longer than using it. */
const FORMATS = new Map<string, Intl.NumberFormat>()

/** In no currency where none is named. */
function formatIn(currency: string): Intl.NumberFormat {
  const unit = currency === '' ? {} : ({ style: 'currency', currency } as const)
  const made = FORMATS.get(currency) ?? new Intl.NumberFormat('en-US', { ...COMPACT, ...unit })
  FORMATS.set(currency, made)
  return made
}

/** "+12", "-3", "0": a change in points. */
export function signed(points: number): string {
  return points > 0 ? `+${points}` : String(points)
}

/** "1 point", "12 points" */
export function pointsText(points: number): string {
  return `${points} ${Math.abs(points) === 1 ? 'point' : 'points'}`
}

/** "2027-01-31, in 70 days": by the calendar of the one who reads it. Stands in cards so, for `redrawn` to find it. */
export function dayText(date: string, now: Instant, timeZone = 'UTC'): string {
  const start = startOfDay(date)
  if (start === undefined) return date
  const days = Math.round((start - Date.parse(dayIn(timeZone, now))) / DAY)
  if (days === 0) return `${date}, today`
  const count = `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'}`
  return days > 0 ? `${date}, in ${count}` : `${date}, ${count} ago`
}

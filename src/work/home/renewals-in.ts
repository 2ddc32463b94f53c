import { DAY, type Instant, startOfDay } from '../../domain/time/instant.ts'
import type { BookLine } from '../../store/home/book.ts'

/** The accounts of a book that renew within a number of days, today included, the next first. */
export function renewalsIn(book: readonly BookLine[], now: Instant, days: number): BookLine[] {
  const daysTo = ({ renewalOn }: BookLine) => ((startOfDay(renewalOn ?? '') ?? Number.NaN) - now) / DAY
  return book.filter(line => daysTo(line) > -1 && daysTo(line) <= days).sort((a, b) => daysTo(a) - daysTo(b))
}

import type { Instant } from '../../domain/time/instant.ts'
import { localTimeAt } from '../../domain/time/zoned-time.ts'

/** The time that the clocks of a zone show: `14:00`. */
export function clockText(at: Instant, timeZone: string): string {
  return new Date(localTimeAt(timeZone, at).time).toISOString().slice(11, 16)
}

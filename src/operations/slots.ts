import { Cron } from 'croner'
import { DAY, type Day, type Instant, startOfDay } from '../domain/instant.ts'

/** A cron pattern in a time zone. */
export type Timing = { readonly schedule: string; readonly time_zone: string }

/** The first slot after an instant; undefined when none ever comes. */
export function nextSlot({ schedule, time_zone }: Timing, after: Instant): Instant | undefined {
  const next = new Cron(schedule, { paused: true, timezone: time_zone }).nextRun(new Date(after))
  return next?.getTime()
}

/** The slots in (after, until], oldest first; of very many only the newest `most`. */
export function slotsBetween(timing: Timing, after: Instant, until: Instant, most = 1_000): Instant[] {
  const slots: Instant[] = []
  for (let slot = nextSlot(timing, after); slot !== undefined && slot <= until; slot = nextSlot(timing, slot)) {
    slots.push(slot)
    if (slots.length > most) slots.shift()
  }
  return slots
}

/** Day D is scored as of the schedule's first slot on D, by UTC days; 06:00 UTC where it has none that day. */
export function scoringInstant(timing: Timing, day: Day): Instant {
  const start = startOfDay(day) ?? 0
  const slot = nextSlot(timing, start - 1)
  return slot !== undefined && slot < start + DAY ? slot : start + 6 * 3_600_000
}

import { Cron } from 'croner'
import { DAY, type Day, dayOf, type Instant } from '../../domain/time/instant.ts'
import { instantAt, localTimeAt } from '../../domain/time/zoned-time.ts'

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

/** The newest slot at or before an instant. */
export function lastSlot(timing: Timing, until: Instant): Instant | undefined {
  return slotsBetween(timing, until - 3 * DAY, until).at(-1)
}

/** Day D is scored as of the slot that the schedule's zone has on D; where D was never lived, as of the next one. */
export function scoringInstant(timing: Timing, day: Day): Instant {
  const midnight = instantAt(timing.time_zone, { day, time: 0 })
  return nextSlot(timing, midnight - 1) ?? midnight
}

/** The day, as the zone of the scoring's schedule counts days, that a scoring belongs to. */
export function scoringDay(timing: Pick<Timing, 'time_zone'> | undefined, at: Instant): Day {
  return timing === undefined || timing.time_zone === 'UTC' ? dayOf(at) : localTimeAt(timing.time_zone, at).day
}

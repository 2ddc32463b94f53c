import { dayIn } from '../../domain/time/zoned-time.ts'
import type { Settings } from '../../model/settings.ts'
import { tooLateToPost } from '../digests/digest-job.ts'
import type { Job } from './schedule.ts'

/** When the morning's message comes where the routes do not say it. */
const USUAL_TIME = '08:30'

type Morning = {
  /** What its schedules are called, before their time zone. */
  readonly name: string
  readonly timeZone: string
  /** Minutes before the morning message. */
  readonly before?: number
}

/** What is done once on each business morning of a time zone. */
export function eachMorning({ routes }: Settings, morning: Morning, run: Job['run']): Job {
  const { name, timeZone, before = 0 } = morning
  const { your_five: five, business_hours: hours } = routes
  const [hour = 0, minute = 0] = (five?.at ?? USUAL_TIME).split(':').map(Number)
  const minutes = Math.max(0, hour * 60 + minute - before)
  return {
    name: `${name}${timeZone}`,
    timing: {
      schedule: `${minutes % 60} ${Math.floor(minutes / 60)} * * ${hours.days.join(',')}`,
      time_zone: timeZone,
    },
    tooLate: (slot, now) => tooLateToPost(slot, now, timeZone),
    run: async (slot, isLate, claim) =>
      hours.holidays.includes(dayIn(timeZone, slot)) ? 'a holiday' : run(slot, isLate, claim),
  }
}

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cronOf, WEEKDAYS, weeklyOf } from '../../src/domain/digests/weekly-schedule.ts'
import { scheduleText } from '../../src/views/digests/schedule-text.ts'
import { slotsBetween } from '../../src/work/schedule/slots.ts'

const days = fc.subarray([...WEEKDAYS], { minLength: 1 })
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)

it('days and a time come back from the schedule that they make, and it fires on those days at that time', () => {
  const monday = Date.parse('2026-11-02T00:00Z')
  fc.assert(
    fc.property(days, time, (days, time) => {
      const schedule = cronOf({ days, time })
      expect(weeklyOf(schedule)).toEqual({ days, time })
      const slots = slotsBetween({ schedule, time_zone: 'UTC' }, monday - 1, monday + 7 * 86_400_000 - 1)
      expect(slots.map(slot => WEEKDAYS[(new Date(slot).getUTCDay() + 6) % 7])).toEqual(days)
      expect(slots.map(slot => new Date(slot).toISOString().slice(11, 16))).toEqual(days.map(() => time))
    }),
    { numRuns: 50 },
  )
})

it.each(['*/5 * * * *', '0 9 1 * *', '0 9 * 6 *', '0 9 * * 1#2', '0 9,12 * * *', 'every day'])(
  'the schedule %s says more than days and a time',
  schedule => {
    expect(weeklyOf(schedule)).toBeUndefined()
    expect(scheduleText(schedule, 'UTC')).toBe(`${schedule} in UTC`)
  },
)

it.each([
  ['30 8 * * 1-5', 'Mondays to Fridays at 08:30 Europe/Berlin'],
  ['0 9 * * MON', 'Mondays at 09:00 Europe/Berlin'],
  ['0 9 * * *', 'Every day at 09:00 Europe/Berlin'],
  ['0 9 * * 0', 'Sundays at 09:00 Europe/Berlin'],
  ['5 17 * * 1,3,5', 'Mondays, Wednesdays and Fridays at 17:05 Europe/Berlin'],
])('%s reads %s', (schedule, words) => {
  expect(scheduleText(schedule, 'Europe/Berlin')).toBe(words)
})

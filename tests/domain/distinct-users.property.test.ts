import fc from 'fast-check'
import { expect, it } from 'vitest'
import { countUsers, dayOfSighting, daysIn } from '../../src/domain/sources/distinct-users.ts'
import { DAY, HOUR } from '../../src/domain/time/instant.ts'

const sighting = fc.record({ day: fc.integer({ min: 0, max: 30 }), user: fc.integer({ min: 1, max: 5 }) })

it('counts who was seen in each window as one counts by hand, and says 0 once when all are gone', () => {
  fc.assert(
    fc.property(
      fc.array(sighting, { maxLength: 30 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 0, max: 20 }),
      fc.integer({ min: 0, max: 20 }),
      (seen, window, first, length) => {
        const byHand = (day: number) =>
          new Set(seen.filter(s => s.day < day && s.day >= day - window).map(({ user }) => user)).size
        const days = Array.from({ length: length + 1 }, (_, at) => first + at)

        const expected = days.flatMap(day => {
          const count = byHand(day)
          return count > 0 || byHand(day - 1) > 0 ? [{ day, count }] : []
        })

        expect(countUsers(seen, { first, last: first + length }, window)).toEqual(expected)
      },
    ),
  )
})

it('lets a day end with its midnight, as windows do, and a window have whole days', () => {
  expect([dayOfSighting(DAY + 1), dayOfSighting(2 * DAY), dayOfSighting(2 * DAY + 1)]).toEqual([1, 1, 2])
  expect([daysIn(HOUR), daysIn(DAY), daysIn(7 * DAY)]).toEqual([1, 1, 7])
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addBusinessTime, type Calendar, isBusinessTime, startOfWork } from '../../src/domain/time/business-time.ts'
import { DAY, dayOf } from '../../src/domain/time/instant.ts'

const calendarIn = (timeZone: string, holidays: string[] = []): Calendar => ({
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '09:00',
  to: '18:00',
  holidays,
  timeZone,
})

describe('a span of business time', () => {
  it.each([
    ['4 hours within a day', 'UTC', '2026-11-02T10:00Z', { hours: 4 }, '2026-11-02T14:00Z'],
    ['4 hours over a night', 'UTC', '2026-11-02T16:00Z', { hours: 4 }, '2026-11-03T11:00Z'],
    ['4 hours over a weekend', 'UTC', '2026-11-06T16:00Z', { hours: 4 }, '2026-11-09T11:00Z'],
    ['hours that end at closing', 'UTC', '2026-11-06T14:00Z', { hours: 4 }, '2026-11-06T18:00Z'],
    ['hours from a Saturday', 'UTC', '2026-11-07T12:00Z', { hours: 1 }, '2026-11-09T10:00Z'],
    ['hours from before opening', 'UTC', '2026-11-02T06:00Z', { hours: 1 }, '2026-11-02T10:00Z'],
    ['a day', 'UTC', '2026-11-02T15:00Z', { days: 1 }, '2026-11-03T15:00Z'],
    ['a day from a Friday', 'UTC', '2026-11-06T15:00Z', { days: 1 }, '2026-11-09T15:00Z'],
    ['a day from a Saturday', 'UTC', '2026-11-07T15:00Z', { days: 1 }, '2026-11-10T09:00Z'],
    ['five days', 'UTC', '2026-11-04T15:00Z', { days: 5 }, '2026-11-11T15:00Z'],
    [
      'six in the morning UTC, which is one at night in New York',
      'America/New_York',
      '2026-11-03T06:00Z',
      { hours: 4 },
      '2026-11-03T18:00Z',
    ],
    [
      'an evening UTC, which is morning in Auckland',
      'Pacific/Auckland',
      '2026-11-02T21:00Z',
      { hours: 2 },
      '2026-11-02T23:00Z',
    ],
    ['a day over the spring change in Berlin', 'Europe/Berlin', '2026-03-27T10:00Z', { days: 1 }, '2026-03-30T09:00Z'],
    [
      'a day over the autumn change in New York',
      'America/New_York',
      '2026-10-30T15:00Z',
      { days: 1 },
      '2026-11-02T16:00Z',
    ],
    [
      'hours over the autumn change in New York',
      'America/New_York',
      '2026-10-30T21:00Z',
      { hours: 2 },
      '2026-11-02T15:00Z',
    ],
  ])('%s', (_, zone, start, span, end) => {
    expect(new Date(addBusinessTime(Date.parse(start), span, calendarIn(zone)))).toEqual(new Date(end))
  })

  it('moves past a holiday', () => {
    const start = Date.parse('2026-12-24T15:00Z')

    const due = addBusinessTime(start, { days: 1 }, calendarIn('UTC', ['2026-12-25']))

    expect(due).toBe(Date.parse('2026-12-28T15:00Z'))
  })

  it('takes a holiday by the local date', () => {
    const calendar = calendarIn('Pacific/Auckland', ['2026-11-03'])

    expect(isBusinessTime(Date.parse('2026-11-02T22:00Z'), calendar)).toBe(false)
    expect(isBusinessTime(Date.parse('2026-11-03T22:00Z'), calendar)).toBe(true)
  })
})

const zones = fc.constantFrom(
  'UTC',
  'America/New_York',
  'Europe/Berlin',
  'Pacific/Auckland',
  'Asia/Kathmandu',
  'America/St_Johns',
)
const instants = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-12-31') })
const spans = fc.record({ days: fc.nat(15), hours: fc.nat(60) })
const calendars = fc.record({
  days: fc.subarray(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], { minLength: 1 }),
  from: fc.constantFrom('00:00', '02:30', '09:00'),
  to: fc.constantFrom('12:30', '18:00', '23:59'),
  holidays: fc.array(instants.map(dayOf), { maxLength: 40 }),
  timeZone: zones,
})

describe('whatever the calendar', () => {
  it('ends within business hours, and not before the start', () => {
    fc.assert(
      fc.property(instants, spans, calendars, (start, span, calendar) => {
        const end = addBusinessTime(start, span, calendar)

        expect(end).toBeGreaterThanOrEqual(start)
        expect(isBusinessTime(end, calendar)).toBe(true)
      }),
    )
  })

  it('ends no earlier for who starts later', () => {
    fc.assert(
      fc.property(instants, fc.nat(4 * DAY), spans, calendars, (start, later, span, calendar) => {
        const [end, laterEnd] = [start, start + later].map(at => addBusinessTime(at, span, calendar))

        expect(laterEnd).toBeGreaterThanOrEqual(end ?? Infinity)
      }),
    )
  })

  it('ends later when the day it would end on becomes a holiday', () => {
    fc.assert(
      fc.property(instants, spans, zones, (start, span, zone) => {
        const end = addBusinessTime(start, span, calendarIn(zone))
        const localDay = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(end)

        expect(addBusinessTime(start, span, calendarIn(zone, [localDay]))).toBeGreaterThan(end)
      }),
    )
  })
})

it('begins a day with its working hours, or at midnight where nobody works', () => {
  const calendar = {
    days: ['mon', 'tue'],
    from: '09:00',
    to: '18:00',
    holidays: ['2026-11-03'],
    timeZone: 'Europe/Berlin',
  }
  const startOn = (day: string) => new Date(startOfWork(day, calendar)).toISOString()

  expect(startOn('2026-11-02')).toBe('2026-11-02T08:00:00.000Z')
  expect(startOn('2026-11-03')).toBe('2026-11-02T23:00:00.000Z')
  expect(startOn('2026-11-07')).toBe('2026-11-06T23:00:00.000Z')
})

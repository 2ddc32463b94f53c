import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Calendar, isBusinessTime, startOfWork } from '../../src/domain/time/business-time.ts'
import { DAY, laterDay } from '../../src/domain/time/instant.ts'
import { typedDay } from '../../src/domain/time/typed-day.ts'
import { dayIn } from '../../src/domain/time/zoned-time.ts'

const calendarIn = (timeZone: string): Calendar => ({
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '09:00',
  to: '18:00',
  holidays: ['2026-12-25'],
  timeZone,
})

/** A Wednesday, 10:00 in Berlin. */
const WEDNESDAY = Date.parse('2026-12-02T09:00Z')

describe('a day that somebody types', () => {
  it.each([
    ['today', '2026-12-02'],
    ['Tomorrow', '2026-12-03'],
    ['  day after  tomorrow ', '2026-12-04'],
    ['friday', '2026-12-04'],
    ['by Fri', '2026-12-04'],
    ['wednesday', '2026-12-09'],
    ['mon', '2026-12-07'],
    ['next monday', '2026-12-07'],
    ['next friday', '2026-12-11'],
    ['next week', '2026-12-07'],
    ['2026-12-05', '2026-12-05'],
    ['5 dec', '2026-12-05'],
    ['Dec 5', '2026-12-05'],
    ['5th December', '2026-12-05'],
    ['december 5, 2027', '2027-12-05'],
    ['1 dec', '2027-12-01'],
    ['2 dec', '2026-12-02'],
    ['29 feb', '2028-02-29'],
    ['in 3 days', '2026-12-05'],
    ['3d', '2026-12-05'],
    ['in a week', '2026-12-09'],
    ['2w', '2026-12-16'],
    ['in 2 months', '2027-02-02'],
    ['2bd', '2026-12-04'],
    ['in 3 business days', '2026-12-07'],
  ])('%s is %s', (written, day) => {
    expect(typedDay(written, WEDNESDAY, calendarIn('Europe/Berlin'))).toEqual({ day })
  })

  it.each([
    '',
    'soon',
    'fr',
    'next',
    '12/5',
    '0bd',
    '30 feb',
    'in 1000 days',
    '2026-02-30',
    '4h',
    'constructor',
    'may',
  ])('"%s" is answered with how to write a day', written => {
    expect(typedDay(written, WEDNESDAY, calendarIn('UTC'))).toEqual({
      problem: expect.stringContaining('such as tomorrow'),
    })
  })

  it('counts from the day of the one who types it', () => {
    const lateInUtc = Date.parse('2026-12-02T23:30Z')
    expect(typedDay('tomorrow', lateInUtc, calendarIn('UTC'))).toEqual({ day: '2026-12-03' })
    expect(typedDay('tomorrow', lateInUtc, calendarIn('Asia/Tokyo'))).toEqual({ day: '2026-12-04' })
    expect(typedDay('tomorrow', lateInUtc, calendarIn('America/New_York'))).toEqual({ day: '2026-12-03' })
  })

  it('passes over weekends and holidays where business days are meant', () => {
    const thursday = Date.parse('2026-12-24T10:00Z')
    expect(typedDay('1bd', thursday, calendarIn('UTC'))).toEqual({ day: '2026-12-28' })
  })

  it('ends with a month, where the next one is shorter', () => {
    expect(typedDay('in a month', Date.parse('2027-01-31T10:00Z'), calendarIn('UTC'))).toEqual({ day: '2027-02-28' })
  })
})

const zones = fc.constantFrom('UTC', 'America/New_York', 'Europe/Berlin', 'Pacific/Auckland', 'Asia/Kathmandu')
const instants = fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2040-01-01') })
const weekdays = fc.constantFrom('monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday')

function dayOf(written: string, now: number, zone: string): string {
  const typed = typedDay(written, now, calendarIn(zone))
  if ('problem' in typed) throw new Error(typed.problem)
  return typed.day
}

describe('whenever and wherever it is typed', () => {
  it('a weekday is one of the next seven days, and falls on that weekday', () => {
    fc.assert(
      fc.property(weekdays, instants, zones, (weekday, now, zone) => {
        const day = dayOf(weekday, now, zone)
        const today = dayIn(zone, now)
        expect(day > today && day <= laterDay(today, 7)).toBe(true)
        expect(nameOf(day)).toBe(weekday)
      }),
    )
  })

  it('the next weekday is in the week that begins after this one', () => {
    fc.assert(
      fc.property(weekdays, instants, zones, (weekday, now, zone) => {
        const day = dayOf(`next ${weekday}`, now, zone)
        const monday = dayOf('next week', now, zone)
        expect(nameOf(monday)).toBe('monday')
        expect(day >= monday && day < laterDay(monday, 7)).toBe(true)
        expect(nameOf(day)).toBe(weekday)
      }),
    )
  })

  it('a number of days is that many days after today', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), instants, zones, (count, now, zone) => {
        expect(dayOf(`in ${count} days`, now, zone)).toBe(laterDay(dayIn(zone, now), count))
      }),
    )
  })

  it('business days end on a day when people work, later with each one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), instants, zones, (count, now, zone) => {
        const calendar = calendarIn(zone)
        const day = dayOf(`${count}bd`, now, zone)
        expect(isBusinessTime(startOfWork(day, calendar), calendar)).toBe(true)
        expect(dayOf(`${count + 1}bd`, now, zone) > day).toBe(true)
      }),
    )
  })

  it('a day written as a date is that day', () => {
    fc.assert(
      fc.property(instants, instants, zones, (date, now, zone) => {
        const day = new Date(date).toISOString().slice(0, 10)
        expect(dayOf(day, now, zone)).toBe(day)
      }),
    )
  })

  it('any text is a day or a sentence', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), instants, zones, (written, now, zone) => {
        const typed = typedDay(written, now, calendarIn(zone))
        if ('day' in typed) expect(typed.day).toMatch(/^\d{4}-\d{2}-\d{2}$/)
        else expect(typed.problem.length).toBeLessThan(200)
      }),
    )
  })
})

function nameOf(day: string): string {
  return new Date(Date.parse(day) + DAY / 2)
    .toLocaleDateString('en-US', { weekday: 'long', timeZone: 'UTC' })
    .toLowerCase()
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY, type Instant } from '../../src/domain/time/instant.ts'
import {
  lastSlot,
  nextSlot,
  scoringDay,
  scoringInstant,
  slotsBetween,
  type Timing,
} from '../../src/work/schedule/slots.ts'

const daily = (time: string, time_zone: string): Timing => {
  const [hour, minute] = time.split(':')
  return { schedule: `${Number(minute)} ${Number(hour)} * * *`, time_zone }
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** `2026-03-29 03:00`, as a clock on the wall there shows it. */
function wallTime(slot: Instant, timeZone: string): string {
  const digits = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, hourCycle: 'h23', ...digits })
  formats.set(timeZone, format)
  return format.format(slot).replace(',', '')
}

const dayThere = (slot: Instant, timeZone: string) => wallTime(slot, timeZone).slice(0, 10)

/** Days there that have no slot though their neighbours do, and days that have two. */
function faults(timing: Timing, year: number) {
  const [from, until] = [Date.UTC(year, 0, 2), Date.UTC(year, 11, 30)]
  const days = slotsBetween(timing, from, until).map(slot => dayThere(slot, timing.time_zone))
  const lived = new Set<string>()
  for (let hour = from + DAY; hour < until - DAY; hour += 6 * 3_600_000) lived.add(dayThere(hour, timing.time_zone))
  return {
    skipped: [...lived].filter(day => !days.includes(day)),
    doubled: days.filter((day, at) => days.indexOf(day) < at),
  }
}

describe('a daily schedule', () => {
  it.each([
    ['Europe/Berlin', 2026],
    ['America/New_York', 2026],
    ['Australia/Lord_Howe, whose summer is half an hour', 2026],
    ['Africa/Casablanca, whose clock changes for Ramadan', 2026],
    ['Pacific/Apia, which lived no 30th of December', 2011],
    ['America/Sao_Paulo, whose clock changed at midnight', 2018],
    ['Antarctica/Troll, whose summer is two hours', 2026],
    ['Asia/Beirut', 2023],
    ['America/St_Johns, whose clock changed at a minute past midnight', 2010],
  ])('comes once on each day of a year in %s', (place, year) => {
    const [zone = ''] = place.split(',')

    for (const time of ['00:30', '02:30', '09:00']) {
      expect([time, faults(daily(time, zone), year)]).toEqual([time, { skipped: [], doubled: [] }])
    }
  })

  it.each([
    ['comes when the hour that holds it is over, on the day that lost it', 'Europe/Berlin', '2026-03-29', '03:00'],
    ['comes the first time, on the day that has it twice', 'Europe/Berlin', '2026-10-25', '02:30'],
    ['is not moved by half an hour that is lost earlier', 'Australia/Lord_Howe', '2026-10-04', '02:30'],
  ])('%s', (_, zone, day, expected) => {
    const slots = slotsBetween(daily('02:30', zone), Date.parse(day) - DAY, Date.parse(day) + 2 * DAY)

    expect(slots.map(slot => wallTime(slot, zone))).toContain(`${day} ${expected}`)
  })
})

const zones = fc.constantFrom(
  ...['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca', 'Asia/Kathmandu'],
  ...['America/Sao_Paulo', 'Antarctica/Troll', 'Pacific/Auckland', 'Europe/Dublin', 'Asia/Tehran'],
)
const patterns = fc.oneof(
  fc.tuple(fc.nat(59), fc.nat(23)).map(([minute, hour]) => `${minute} ${hour} * * *`),
  fc.constantFrom('0 9 * * 1-5', '30 * * * *', '*/20 2 * * *', '0 0 1 * *', '15 2 * * 0'),
)
const timings = fc.record({ schedule: patterns, time_zone: zones })
const instants = fc.integer({ min: Date.UTC(2018, 0, 1), max: Date.UTC(2028, 0, 1) })

describe('slots', () => {
  it('are neither lost nor doubled, however often and whenever one looks', () => {
    fc.assert(
      fc.property(timings, instants, fc.array(fc.integer({ min: 1, max: 3 * DAY }), { maxLength: 8 }), (...given) => {
        const [timing, start, steps] = given
        const looks = [start]
        for (const step of steps) looks.push((looks.at(-1) ?? start) + step)

        const seen = looks.slice(1).flatMap((look, at) => slotsBetween(timing, looks[at] ?? start, look))

        expect(seen).toEqual(slotsBetween(timing, start, looks.at(-1) ?? start))
        expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b))
      }),
      { numRuns: 60 },
    )
  })

  it('begin after the instant that is asked about, and leave out none', () => {
    fc.assert(
      fc.property(timings, instants, (timing, after) => {
        const slot = nextSlot(timing, after) ?? Number.NaN

        expect(slot).toBeGreaterThan(after)
        expect(nextSlot(timing, slot - 1)).toBe(slot)
        expect(slotsBetween(timing, after, slot - 1)).toEqual([])
      }),
      { numRuns: 100 },
    )
  })

  it('of very many are the newest', () => {
    const timing = { schedule: '* * * * *', time_zone: 'UTC' }

    const slots = slotsBetween(timing, Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 1, 10), 100)

    expect([slots.length, slots.at(-1)]).toEqual([100, Date.UTC(2026, 0, 1, 10)])
  })
})

it.each([
  ['06:00 UTC, unless the settings say otherwise', 'UTC', '0 6 * * *', '2026-11-01', '2026-11-01T06:00'],
  ['the slot that the zone has on that day', 'America/New_York', '0 6 * * *', '2026-11-01', '2026-11-01T11:00'],
  ['the evening before, where morning comes sooner', 'Asia/Tokyo', '0 6 * * *', '2026-11-01', '2026-10-31T21:00'],
  [
    'the next morning in UTC, where evening comes later',
    'America/Los_Angeles',
    '30 22 * * *',
    '2026-06-01',
    '2026-06-02T05:30',
  ],
  [
    'the first instant after the gap that a clock change leaves',
    'Europe/Berlin',
    '30 2 * * *',
    '2026-03-29',
    '2026-03-29T01:00',
  ],
  [
    'the first of two, on the day that has the hour twice',
    'Europe/Berlin',
    '30 2 * * *',
    '2026-10-25',
    '2026-10-25T00:30',
  ],
])('a day is scored as of %s', (_, time_zone, schedule, day, expected) => {
  const timing = { schedule, time_zone }
  const slot = scoringInstant(timing, day)

  expect(new Date(slot).toISOString().slice(0, 16)).toBe(expected)
  expect(scoringDay(timing, slot)).toBe(day)
  expect(lastSlot(timing, slot)).toBe(slot)
  expect(lastSlot(timing, slot - 1)).toBeLessThan(slot)
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Feed, silences, usualGapOf } from '../../src/domain/sources/silence.ts'
import { DAY, HOUR } from '../../src/domain/time/instant.ts'

const MONDAY = Date.UTC(2026, 10, 2)
const daily = (days: number, from = MONDAY) => Array.from({ length: days }, (_, day) => from + day * DAY)
const feed = (newestByDay: readonly number[], more: Partial<Feed> = {}): Feed => ({
  source: 'warehouse',
  metric: 'active_users',
  accounts: 10,
  newestByDay,
  ...more,
})
const WEEK_OF_DAYS = daily(7)
const LAST = MONDAY + 6 * DAY

describe('a metric is silent', () => {
  it('once its newest signal is older than twice its usual gap, and not before', () => {
    expect(silences([feed(WEEK_OF_DAYS)], LAST + 2 * DAY)).toEqual([])
    expect(silences([feed(WEEK_OF_DAYS)], LAST + 2 * DAY + 1)).toEqual([
      { metric: 'active_users', sources: ['warehouse'], newestAt: LAST, usualGap: DAY },
    ])
  })

  it('never for resting at weekends', () => {
    const workdays = daily(26).filter(at => ![0, 6].includes(new Date(at).getUTCDay()))
    const friday = workdays.at(-1) ?? 0

    expect(silences([feed(workdays)], friday + 3 * DAY + 6 * HOUR)).toEqual([])
  })

  it('not while one of its sources still sends it', () => {
    const other = feed([LAST + 2 * DAY], { source: 'api' })

    expect(silences([feed(WEEK_OF_DAYS), other], LAST + 3 * DAY)).toEqual([])
  })

  it('not where so few accounts send it that they may have gone quiet themselves', () => {
    expect(silences([feed(WEEK_OF_DAYS, { accounts: 2 })], LAST + 30 * DAY)).toEqual([])
  })

  it('not before there is a habit', () => {
    expect(silences([feed(daily(3))], LAST + 30 * DAY)).toEqual([])
  })
})

describe('whatever comes in', () => {
  const someDays = fc
    .uniqueArray(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 60 })
    .map(days => days.sort((a, b) => a - b).map(day => MONDAY + day * DAY))

  it('a signal of right now ends the silence', () => {
    fc.assert(
      fc.property(someDays, fc.integer({ min: 0, max: 500 }), (days, later) => {
        const at = (days.at(-1) ?? 0) + later * DAY

        expect(silences([feed([...days, at])], at)).toEqual([])
      }),
    )
  })

  it('a silence lasts until something comes', () => {
    fc.assert(
      fc.property(someDays, fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }), (days, some, more) => {
        const at = (days.at(-1) ?? 0) + some * DAY

        expect(silences([feed(days)], at + more * DAY).length).toBeGreaterThanOrEqual(silences([feed(days)], at).length)
      }),
    )
  })

  it('nobody has a habit of less than a day', () => {
    fc.assert(
      fc.property(someDays, days => {
        expect(usualGapOf(days) ?? DAY).toBeGreaterThanOrEqual(DAY)
      }),
    )
  })
})

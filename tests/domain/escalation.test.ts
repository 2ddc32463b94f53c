import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escalatableByAccount, nextStep } from '../../src/domain/alerts/escalation.ts'
import { addBusinessTime, type Calendar, isBusinessTime } from '../../src/domain/time/business-time.ts'
import { DAY, HOUR } from '../../src/domain/time/instant.ts'

const CHANNEL = { platform: 'slack', channel: 'C01GEN' }
const LADDER = [
  { after: 4 * HOUR, to: 'owner' },
  { after: 8 * HOUR, to: CHANNEL },
  { after: 16 * HOUR, to: 'manager' },
] as const

const calendarIn = (timeZone: string, holidays: string[] = []): Calendar => ({
  days: ['mon', 'tue', 'wed', 'thu', 'fri'],
  from: '09:00',
  to: '18:00',
  holidays,
  timeZone,
})

const stepAt = (opened: string, now: string, stepsTaken = 0, calendar = calendarIn('UTC'), isWaiting = true) =>
  nextStep({ since: Date.parse(opened), stepsTaken, isWaiting }, LADDER, calendar, Date.parse(now))?.to

describe('what waits for somebody', () => {
  it.each([
    ['is left alone before its hours are over', '2026-11-02T09:00Z', '2026-11-02T12:59Z', 0, undefined],
    ['goes to the owner after four working hours', '2026-11-02T09:00Z', '2026-11-02T13:00Z', 0, 'owner'],
    ['goes to the channel after eight', '2026-11-02T09:00Z', '2026-11-02T17:00Z', 1, CHANNEL],
    ['goes to the manager after sixteen, which is tomorrow', '2026-11-02T09:00Z', '2026-11-03T16:00Z', 2, 'manager'],
    ['goes no further than the top', '2026-11-02T09:00Z', '2026-11-30T16:00Z', 3, undefined],
    ['takes one stepsTaken a look', '2026-11-02T09:00Z', '2026-11-30T16:00Z', 0, 'owner'],
    ['wakes nobody at night', '2026-11-02T09:00Z', '2026-11-02T23:00Z', 0, undefined],
    ['wakes nobody on a Saturday', '2026-11-06T09:00Z', '2026-11-07T13:00Z', 0, undefined],
    ['goes on when Monday begins', '2026-11-06T09:00Z', '2026-11-09T09:00Z', 0, 'owner'],
  ])('%s', (_, opened, now, stepsTaken, to) => {
    expect(stepAt(opened, now, stepsTaken)).toBe(to)
  })

  it('gives the person who was woken late, after a standstill, their time before the next is woken', () => {
    const wokenNext = (climbed: string, now: string) => {
      const waiting = {
        since: Date.parse('2026-11-02T09:00Z'),
        stepsTaken: 1,
        isWaiting: true,
        escalatedAt: Date.parse(climbed),
      }
      return nextStep(waiting, LADDER, calendarIn('UTC'), Date.parse(now))?.to
    }

    expect(wokenNext('2026-11-04T09:00Z', '2026-11-04T09:01Z')).toBeUndefined()
    expect(wokenNext('2026-11-04T09:00Z', '2026-11-04T13:00Z')).toEqual(CHANNEL)
    expect(wokenNext('2026-11-02T13:00:20Z', '2026-11-02T17:00Z')).toEqual(CHANNEL)
  })

  it('stops once somebody has it', () => {
    expect(stepAt('2026-11-02T09:00Z', '2026-11-02T15:00Z', 0, calendarIn('UTC'), false)).toBeUndefined()
  })

  it('waits for a holiday to be over', () => {
    const calendar = calendarIn('UTC', ['2026-12-25'])

    expect(stepAt('2026-12-24T17:00Z', '2026-12-25T12:00Z', 0, calendar)).toBeUndefined()
    expect(stepAt('2026-12-24T17:00Z', '2026-12-28T12:00Z', 0, calendar)).toBe('owner')
  })

  it.each([
    ['America/New_York', '2026-10-30T20:00Z', '2026-11-02T15:59Z', '2026-11-02T16:00Z'],
    ['Europe/Berlin', '2026-10-23T15:00Z', '2026-10-26T10:59Z', '2026-10-26T11:00Z'],
    ['Europe/Berlin', '2026-03-27T16:00Z', '2026-03-30T09:59Z', '2026-03-30T10:00Z'],
    ['Pacific/Auckland', '2026-04-03T04:00Z', '2026-04-06T00:00Z', '2026-04-06T00:00Z'],
  ])('counts the hours that the clocks of %s show, over their change', (zone, opened, tooEarly, due) => {
    expect(stepAt(opened, due, 0, calendarIn(zone))).toBe('owner')
    if (tooEarly !== due) expect(stepAt(opened, tooEarly, 0, calendarIn(zone))).toBeUndefined()
  })

  it('never wakes anybody outside of business hours, whatever the zone', () => {
    const zones = fc.constantFrom('UTC', 'America/New_York', 'Europe/Berlin', 'Pacific/Auckland', 'Asia/Kathmandu')
    const instants = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-12-31') })
    fc.assert(
      fc.property(zones, instants, fc.nat(20 * DAY), fc.nat(4), (zone, since, later, stepsTaken) => {
        const calendar = calendarIn(zone)
        const step = nextStep({ since, stepsTaken, isWaiting: true }, LADDER, calendar, since + later)

        expect(step === undefined || isBusinessTime(since + later, calendar)).toBe(true)
      }),
    )
  })
  it('escalates one step after the other, none before its hours of work are over, however seldom somebody looks', () => {
    const instants = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-12-31') })
    const gaps = fc.array(fc.integer({ min: 1, max: 2 * DAY }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(instants, gaps, fc.constantFrom('UTC', 'America/New_York', 'Asia/Kathmandu'), (since, gaps, zone) => {
        const calendar = calendarIn(zone)
        const climbed: { stepsTaken: number; at: number }[] = []
        let now = since
        for (const gap of gaps) {
          now += gap
          const step = nextStep({ since, stepsTaken: climbed.length, isWaiting: true }, LADDER, calendar, now)
          if (step !== undefined) climbed.push({ stepsTaken: step.stepsTaken, at: now })
        }

        expect(climbed.map(({ stepsTaken }) => stepsTaken)).toEqual(climbed.map((_, n) => n + 1))
        for (const { stepsTaken, at } of climbed) {
          const hours = (LADDER[stepsTaken - 1]?.after ?? 0) / HOUR
          expect(at).toBeGreaterThanOrEqual(addBusinessTime(since, { hours }, calendar))
        }
      }),
    )
  })
})

describe('an account escalates once', () => {
  const alert = fc.record({
    account: fc.record({ key: fc.integer({ min: 1, max: 4 }) }),
    kind: fc.constantFrom('at_risk', 'sharp_drop', 'pulse_divergence'),
    state: fc.constantFrom('open', 'claimed', 'snoozed'),
    isMuted: fc.boolean(),
    stepsTaken: fc.nat(3),
  })
  const held = ({ state }: { state: string }) => (state === 'claimed' ? { claimedBy: 'dana@x.com' } : {})

  it('with what nobody holds of it, and not at all while somebody holds any of it', () => {
    fc.assert(
      fc.property(fc.array(alert, { maxLength: 12 }), found => {
        const unresolved = found.map(one => ({ ...one, ...held(one) }))
        const groups = escalatableByAccount(unresolved)

        const shared = groups.filter(([first]) => first?.kind !== 'pulse_divergence')
        expect(new Set(shared.map(([first]) => first?.account.key)).size).toBe(shared.length)
        for (const group of shared) {
          const own = unresolved.filter(
            ({ account, kind }) => account.key === group[0]?.account.key && kind !== 'pulse_divergence',
          )
          expect(own.every(({ state }) => state !== 'claimed')).toBe(true)
        }
        for (const group of groups) {
          expect(group.every(({ state, isMuted }) => state === 'open' && !isMuted)).toBe(true)
          expect(group.map(({ stepsTaken }) => stepsTaken)).toEqual(
            group.map(({ stepsTaken }) => stepsTaken).sort((a, b) => b - a),
          )
        }
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Choices,
  DEFAULTS,
  endOfQuiet,
  fateOf,
  isCritical,
  MESSAGE_KINDS,
  WHENS,
} from '../../src/domain/delivery/choices.ts'
import { DAY } from '../../src/domain/time/instant.ts'
import { localTimeAt } from '../../src/domain/time/zoned-time.ts'

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 30))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
const quietHours = fc
  .record({
    from: clock,
    to: clock,
    timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu'),
  })
  .filter(({ from, to }) => from !== to)
const choices: fc.Arbitrary<Choices> = fc.record(
  {
    when: fc.dictionary(fc.constantFrom(...MESSAGE_KINDS), fc.constantFrom(...WHENS)),
    quiet: quietHours,
  },
  { requiredKeys: ['when'] },
)
const kind = fc.constantFrom(...MESSAGE_KINDS)
const instants = fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2030-01-01') })

describe('whatever somebody chose', () => {
  it('what is critical, or no choice is about, goes out at once', () => {
    fc.assert(
      fc.property(choices, kind, instants, (choices, kind, at) => {
        expect(fateOf({ kind, isCritical: true, at }, choices)).toEqual({ at })
        expect(fateOf({ kind: undefined, isCritical: false, at }, choices)).toEqual({ at })
      }),
    )
  })

  it('an escalation and a renewal at risk are critical, whatever else they name', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('at_risk', 'sharp_drop', 'went_silent')), kinds => {
        expect(isCritical({ purpose: 'step' }, kinds)).toBe(true)
        expect(isCritical({ purpose: 'opened' }, [...kinds, 'renewal_risk'])).toBe(true)
        expect(isCritical({ purpose: 'opened' }, kinds)).toBe(false)
      }),
    )
  })

  it('anything else comes when it was chosen: never before it was written, and within a day', () => {
    fc.assert(
      fc.property(choices, kind, instants, (choices, kind, at) => {
        const fate = fateOf({ kind, isCritical: false, at }, choices)
        if (fate === 'dropped') expect(choices.when[kind] ?? DEFAULTS[kind]).toBe('never')
        else if (fate === 'held') expect(choices.when[kind] ?? DEFAULTS[kind]).toBe('morning')
        else expect(fate.at >= at && fate.at <= at + DAY).toBe(true)
      }),
    )
  })

  it('nothing that is not critical comes within the quiet hours', () => {
    fc.assert(
      fc.property(quietHours, instants, (quiet, at) => {
        const later = endOfQuiet(at, quiet)
        expect(endOfQuiet(later, quiet)).toBe(later)
        if (later > at) {
          const { time } = localTimeAt(quiet.timeZone, later)
          expect(new Date(time).toISOString().slice(11, 16)).toBe(quiet.to)
        }
      }),
    )
  })
})

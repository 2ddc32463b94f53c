import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ALERT_KINDS, mostUrgentFirst } from '../../src/domain/alerts/alert-kind.ts'
import { isWorse, leadingFirst } from '../../src/domain/alerts/together.ts'

const alert = fc.record({
  kind: fc.constantFrom(...ALERT_KINDS),
  state: fc.constantFrom('open' as const, 'claimed' as const, 'snoozed' as const, 'resolved' as const),
})

it('lets the most urgent lead of those that are open and do not rest', () => {
  fc.assert(
    fc.property(fc.array(alert, { minLength: 1 }), alerts => {
      const [lead] = alerts.toSorted(leadingFirst)
      const awake = alerts.filter(({ state }) => state === 'open' || state === 'claimed')
      const resting = alerts.filter(({ state }) => state === 'snoozed')
      const candidates = awake.length > 0 ? awake : resting.length > 0 ? resting : alerts
      expect(lead?.kind).toBe(candidates.toSorted(mostUrgentFirst)[0]?.kind)
    }),
  )
})

it('is news only when it is more urgent than all that is known', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ALERT_KINDS), fc.array(fc.constantFrom(...ALERT_KINDS)), (kind, known) => {
      const rank = (one: (typeof ALERT_KINDS)[number]) => ALERT_KINDS.indexOf(one)
      expect(isWorse(kind, known)).toBe(known.every(other => rank(kind) < rank(other)))
    }),
  )
})

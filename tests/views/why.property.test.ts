import fc from 'fast-check'
import { expect, it } from 'vitest'
import { healthOf, outlines } from '../../src/domain/scoring/health.ts'
import { alertReason } from '../../src/views/scoring/reason.ts'
import { reasonText, whyText } from '../../src/views/scoring/why.ts'
import { TODAY, world } from '../support/model-arbitrary-signals.ts'
import { compiled, runs } from '../support/world-of-scores.ts'
import { observedWorld } from '../support/world-of-scores-in-memory.ts'

it('a list and an alert say what the account card says first of what changed, in the same words', () => {
  fc.assert(
    fc.property(world, any => {
      const model = compiled(any.model)
      const account = observedWorld(any)
      const health = healthOf(model, outlines(model, account), TODAY)
      fc.pre(health.now.score !== undefined)
      const inList = reasonText(model, health)

      expect(alertReason(model, account, health, 'at_risk')).toBe(inList)
      // a day that is long gone tomorrow stands there as a day
      if (!/ on [+-]?\d+-/.test(inList)) expect(whyText(model, health).toLowerCase()).toContain(inList.toLowerCase())
    }),
    runs(60),
  )
})

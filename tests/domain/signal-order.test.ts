import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { summaryOf } from '../../src/domain/scoring/readings/window.ts'
import { assess } from '../../src/domain/scoring/score.ts'
import { signalsAsOf } from '../../src/domain/sources/signal.ts'
import { TODAY, world } from '../support/model-arbitrary-signals.ts'
import { compiled, runs } from '../support/world-of-scores.ts'
import { accountOf, NOW, observedWorld, signal } from '../support/world-of-scores-in-memory.ts'

/** Of each identity one version: then nothing but the order is left to chance. */
const distinct = world.map(any => {
  const seen = new Map(any.signals.map(one => [`${one.metric} ${one.observedAt} ${one.id}`, one]))
  return { ...any, signals: [...seen.values()] }
})

describe('the score', () => {
  it('does not depend on the order in which signals come, nor on how often', () => {
    const shuffled = distinct.chain(any =>
      fc
        .shuffledSubarray([...any.signals, ...any.signals], { minLength: 2 * any.signals.length })
        .map(signals => ({ any, again: { ...any, signals } })),
    )
    fc.assert(
      fc.property(shuffled, ({ any, again }) => {
        const model = compiled(any.model)
        const values = (one: typeof any) => {
          const now = assess(model, observedWorld(one), TODAY)
          return { ...now, component: undefined, components: now.components(), readings: now.readings() }
        }

        expect(values(again)).toEqual(values(any))
      }),
      runs(40),
    )
  })
})

describe('of one identity', () => {
  const first = signal('nps', 3, 10, { receivedAt: NOW - 100 })
  const corrected = { ...first, value: 20, receivedAt: NOW - 50 }

  it.each([
    ['the version recorded last counts', [first, corrected], undefined, [20]],
    ['whenever it was received', [corrected, first], undefined, [10]],
    ['the earlier one counts as known before the correction', [first, corrected], NOW - 60, [10]],
    ['none counts as known before both', [first, corrected], NOW - 101, []],
    ['another id is another signal', [first, { ...corrected, id: 'x' }], undefined, [10, 20]],
  ])('%s', (_, signals, knownAt, values) => {
    expect(signalsAsOf(signals, NOW, knownAt).map(({ value }) => value)).toEqual(values)
  })

  it('what will be observed later is not known yet', () => {
    const future = signal('nps', -1, 99)
    const account = accountOf([first, future])

    expect(summaryOf(account.history, { metric: 'nps', after: -Infinity, until: NOW }).newestValue).toBe(10)
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scoreOn } from '../../src/domain/scoring/readings/scale.ts'
import { type Proposal, whatIf } from '../../src/domain/what-if/what-if.ts'
import {
  AT,
  accountWith,
  bruteForce,
  rankOf,
  type SmallCase,
  scored,
  smallCase,
} from '../support/whatif-brute-force.ts'
import { runs } from '../support/world-of-scores.ts'

const asked = (one: SmallCase) => whatIf(one.model, accountWith(one.values), AT)

const valuesOf = ({ changes }: Proposal) => Object.fromEntries(changes.map(({ lever, to }) => [lever.measure.id, to]))

/** The account with the changes made is scored from its signals, by no seam of what-if's own. */
function expectToReach(one: SmallCase, proposal: Proposal) {
  const after = scored(one.model, { ...one.values, ...valuesOf(proposal) })
  expect(rankOf(after)).toBeGreaterThan(rankOf(scored(one.model, one.values)))
  expect(after.score?.shown).toBe(proposal.shown)
}

describe('what would lift an account, under any small model', { timeout: 120_000 }, () => {
  it('does lift it, once the signals say so', () => {
    fc.assert(
      fc.property(smallCase, one => {
        const found = asked(one)
        if (found.kind !== 'next') return
        for (const proposal of [...found.singles, ...(found.combination ? [found.combination] : [])]) {
          expectToReach(one, proposal)
        }
      }),
      runs(300),
    )
  })

  it('is at least as small a single change as any that a brute force finds', () => {
    fc.assert(
      fc.property(smallCase, one => {
        const found = asked(one)
        for (const brute of bruteForce(one, 1)) {
          const [[id = '', to = 0] = []] = Object.entries(brute)
          const own = (found.kind === 'next' ? found.singles : []).find(
            ({ changes }) => valuesOf({ changes } as Proposal)[id] !== undefined,
          )
          const change = own?.changes[0]
          expect(change, `${id} to ${to}`).toBeDefined()
          const from = one.values[id]
          if (change === undefined) continue
          const scale = one.model.components
            .flatMap(({ measures }) => measures)
            .find(measure => measure.id === id)?.scale
          if (from !== undefined) expect(Math.abs(change.to - from)).toBeLessThanOrEqual(Math.abs(to - from))
          else if (scale !== undefined) expect(scoreOn(scale, change.to)).toBeLessThanOrEqual(scoreOn(scale, to))
        }
      }),
      runs(300),
    )
  })

  it('is a combination of as few changes as any that a brute force finds, and none only where there is none', () => {
    fc.assert(
      fc.property(smallCase, one => {
        const found = asked(one)
        if (found.kind !== 'next' || found.singles.length > 0) return
        const size = [2, 3, 4].find(size => bruteForce(one, size).length > 0)
        const own = found.combination?.changes.length
        if (size !== undefined) expect(own ?? Infinity).toBeLessThanOrEqual(size)
        expect(own === undefined).toBe(found.ceiling !== undefined)
      }),
      runs(150),
    )
  })
})

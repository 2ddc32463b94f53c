import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ALERT_KINDS, type AlertKind } from '../../src/domain/alerts/alert-kind.ts'
import { holdBack } from '../../src/domain/alerts/hold-back.ts'

const kinds = fc.subarray([...ALERT_KINDS])
const settled = fc.record({ opens: kinds, holds: kinds, held: kinds, resting: kinds.map(kinds => new Set(kinds)) })
const NONE: ReadonlySet<AlertKind> = new Set()

describe('whatever a scoring finds', () => {
  it('nothing that rests on a silent source opens, and all of it that starts waits', () => {
    fc.assert(
      fc.property(settled, found => {
        const { open, held } = holdBack(found)

        expect(open.filter(kind => found.resting.has(kind))).toEqual([])
        expect(found.opens.filter(kind => found.resting.has(kind) && !held.includes(kind))).toEqual([])
      }),
    )
  })

  it('no kind both opens and waits, and nothing that started gets lost', () => {
    fc.assert(
      fc.property(settled, found => {
        const { open, held } = holdBack(found)

        expect(open.filter(kind => held.includes(kind))).toEqual([])
        expect(found.opens.filter(kind => !open.includes(kind) && !held.includes(kind))).toEqual([])
      }),
    )
  })

  it('without a silent source and without a past of one, everything is as if there were no guard', () => {
    fc.assert(
      fc.property(settled, ({ opens, holds }) => {
        const { open, held } = holdBack({ opens, holds, held: [], resting: NONE })

        expect(new Set(open)).toEqual(new Set(opens))
        expect(held).toEqual([])
      }),
    )
  })

  it('when the source is back, what waited opens if its rule still holds, and else is forgotten', () => {
    fc.assert(
      fc.property(settled, ({ holds, held }) => {
        const found = holdBack({ opens: [], holds, held, resting: NONE })

        expect(new Set(found.open)).toEqual(new Set(held.filter(kind => holds.includes(kind))))
        expect(found.held).toEqual([])
      }),
    )
  })
})

it('leaves what waits alone between scheduled scorings', () => {
  expect(holdBack({ opens: [], holds: undefined, held: ['at_risk'], resting: NONE })).toEqual({
    open: [],
    held: ['at_risk'],
  })
})

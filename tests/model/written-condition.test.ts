import fc from 'fast-check'
import { expect, it } from 'vitest'
import { condition } from '../../src/model/schema/condition.ts'
import { writtenCondition } from '../../src/model/schema/written-condition.ts'
import { full } from '../support/model-arbitrary-conditions.ts'

const conditions = full({ measures: ['seat_use'], components: ['adoption'], bands: ['healthy', 'at_risk'] })

it('writes every condition so that reading it gives the same again', () => {
  fc.assert(
    fc.property(conditions, raw => {
      const read = condition.parse(raw)

      expect(condition.parse(JSON.parse(JSON.stringify(writtenCondition(read))))).toEqual(read)
    }),
  )
})

it.each(['90m', '1.5h', '2w', '0.5s'])('keeps a length of %s', over => {
  const read = condition.parse({ score_change: over, above: 1 })

  expect(condition.parse(writtenCondition(read))).toEqual(read)
})

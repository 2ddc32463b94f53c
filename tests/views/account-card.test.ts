import fc from 'fast-check'
import { expect, it } from 'vitest'
import { healthOf, outlines } from '../../src/domain/scoring/health.ts'
import { DAY } from '../../src/domain/time/instant.ts'
import { movesTable } from '../../src/views/accounts/moves-table.ts'
import { arrText } from '../../src/views/parts/amounts.ts'
import { sparkline } from '../../src/views/scoring/sparkline.ts'
import { TODAY, world } from '../support/model-arbitrary-signals.ts'
import { compiled, runs } from '../support/world-of-scores.ts'
import { observedWorld } from '../support/world-of-scores-in-memory.ts'

it('the points of what moved add up to the change of the score, and stand in its last row', () => {
  fc.assert(
    fc.property(world, any => {
      const model = compiled(any.model)
      const health = healthOf(model, outlines(model, observedWorld(any)), TODAY)

      const table = movesTable(model, health)

      const month = health.trend.find(({ over }) => over === 30 * DAY)?.shown
      if (table === undefined) return
      const points = table.rows.map(row => row.at(-1)?.value ?? Number.NaN)
      expect(points.at(-1)).toBe(month)
      expect(points.slice(0, -1).reduce((sum, value) => sum + value, 0)).toBe(month)
      expect(table.rows.every(row => row.length === table.columns.length)).toBe(true)
    }),
    runs(60),
  )
})

it.each([
  [240_000, undefined, '$240K'],
  [1_250_000, 'EUR', '€1.25M'],
  [950, 'chf', 'CHF 950'],
  [950, 'Taler <@U1>', '950 Taler <@U1>'],
])('writes an ARR of %s in the currency %s as %s', (amount, currency, words) => {
  expect(arrText(amount, currency).replace(/\s/gu, ' ')).toBe(words)
})

it('draws a line of bars from 0 to 100', () => {
  expect(sparkline([0, 50, 100, -5, 200])).toBe('▁▅█▁█')
})

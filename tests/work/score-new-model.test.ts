import { describe, expect, it } from 'vitest'
import { announcedStatusOf } from '../../src/store/digests/announced.ts'
import { scoreAccounts } from '../../src/work/scoring/score.ts'
import { TODAY } from '../support/model-arbitrary-signals.ts'
import { DAY } from '../support/oracle-model.ts'
import { compiled, inDatabase } from '../support/world-of-scores.ts'
import { newestNumber, withNumbers } from '../support/world-of-scores-number.ts'

const model = (healthyFrom: number) =>
  newestNumber(healthyFrom, { dwell: 2, margin: 5, sharp_drop: { points: 100, over: '30d' } })

const acme = withNumbers(
  model(70),
  [72, 72, 72, 72].map((value, day) => [TODAY + (day - 0.1) * DAY, value]),
)

describe('a new model', () => {
  it('begins with a new baseline: at once, and silent', async () => {
    await inDatabase([acme], async (connection, accounts) => {
      const scoreDay = (day: number, healthyFrom: number) =>
        scoreAccounts(connection, {
          ...{ model: compiled(model(healthyFrom)), at: TODAY + day * DAY, newId: () => `${day}` },
          ...({ accounts: 'all', purpose: 'slot' } as const),
        })
      await scoreDay(0, 70)
      await scoreDay(1, 70)

      const { transitions } = await scoreDay(2, 80)

      expect(transitions).toEqual([])
      expect(await announcedStatusOf(connection.db, accounts[0]?.key ?? 0, TODAY + 2 * DAY)).toMatchObject({
        verdict: 'attention',
      })
      expect(await connection.db.selectFrom('alerts').selectAll().execute()).toEqual([])
    })
  })

  it('does not count the scorings of the old one', async () => {
    const rising = {
      ...acme,
      signals: acme.signals.map((one, day) => ({ ...one, value: day < 2 ? 90 : 60 + 20 * (day - 2) })),
    }
    await inDatabase([rising], async (connection, accounts) => {
      const told = async (day: number, healthyFrom: number) => {
        const at = TODAY + day * DAY
        const about = { model: compiled(model(healthyFrom)), at, newId: () => `${day}` }
        await scoreAccounts(connection, { ...about, accounts: 'all', purpose: 'slot' })
        return (await announcedStatusOf(connection.db, accounts[0]?.key ?? 0, at))?.verdict
      }
      await told(0, 71)
      await told(1, 71)

      expect([await told(2, 70), await told(3, 70), await told(4, 70)]).toEqual(['attention', 'attention', 'healthy'])
    })
  })
})

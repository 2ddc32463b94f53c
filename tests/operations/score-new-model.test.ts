import { describe, expect, it } from 'vitest'
import { scoreAccounts } from '../../src/operations/score.ts'
import { toldOf } from '../../src/store/history.ts'
import { TODAY } from '../support/model-arbitrary-signals.ts'
import { DAY, type OracleWorld, type RawModel } from '../support/oracle-model.ts'
import { compiled, inDatabase } from '../support/world-of-scores.ts'

const model = (healthyFrom: number): RawModel => ({
  name: 'one number',
  components: [
    {
      id: 'only',
      weight: 1,
      measures: [{ id: 'it', metric: 'it', take: 'latest', scale: { 0: 0, 100: 100 } }],
    },
  ],
  bands: [
    { id: 'at_risk', role: 'at_risk', from: 0 },
    { id: 'healthy', role: 'healthy', from: healthyFrom },
  ],
  settling: { dwell: 2, margin: 5, sharp_drop: { points: 100, over: '30d' } },
})

const acme: OracleWorld = {
  model: model(70),
  account: { id: 'acme', name: 'Acme' },
  attributes: [],
  signals: [72, 72, 72, 72].map((value, day) => {
    const observedAt = TODAY + (day - 0.1) * DAY
    return { metric: 'it', value, observedAt, receivedAt: observedAt, id: '' }
  }),
}

describe('a new model', () => {
  it('begins with a new baseline: at once, and silent', async () => {
    await inDatabase([acme], async (connection, accounts) => {
      const scoreDay = (day: number, healthyFrom: number) =>
        scoreAccounts(connection, {
          ...{ model: compiled(model(healthyFrom)), at: TODAY + day * DAY, newId: () => `${day}` },
          ...({ accounts: 'all', purpose: 'now' } as const),
        })
      await scoreDay(0, 70)
      await scoreDay(1, 70)

      const { transitions } = await scoreDay(2, 80)

      expect(transitions).toEqual([])
      expect(await toldOf(connection.db, accounts[0]?.key ?? 0, TODAY + 2 * DAY)).toMatchObject({ verdict: 'at_risk' })
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
        await scoreAccounts(connection, { ...about, accounts: 'all', purpose: 'now' })
        return (await toldOf(connection.db, accounts[0]?.key ?? 0, at))?.verdict
      }
      await told(0, 71)
      await told(1, 71)

      expect([await told(2, 70), await told(3, 70), await told(4, 70)]).toEqual(['at_risk', 'at_risk', 'healthy'])
    })
  })
})

import { expect, it } from 'vitest'
import { connections } from '../../src/store/scoring/metric-connections.ts'
import { addSignals } from '../../src/store/sources/signals.ts'
import { TODAY } from '../support/model-arbitrary-signals.ts'
import { DAY } from '../support/oracle-model.ts'
import { inDatabase } from '../support/world-of-scores.ts'
import { newestNumber, withNumbers } from '../support/world-of-scores-number.ts'

const day = (n: number) => TODAY + n * DAY
const acme = withNumbers(newestNumber(70), [[day(-40), 1]])

it('a metric is connected since it was first observed of anybody, as far as that was known', async () => {
  await inDatabase(
    [acme, { ...acme, account: { id: 'late', name: 'Late' }, signals: [] }],
    async (connection, [, late]) => {
      const add = (observed: number, received: number, value = 1) =>
        addSignals(connection, [
          {
            account: late?.key ?? 0,
            metric: 'it',
            value,
            observedAt: day(observed),
            receivedAt: day(received),
            id: '',
          },
        ])
      const since = async (knownAt?: number) => (await connections(connection.db, knownAt))('it')

      await add(-90, 0)

      expect(await Promise.all([since(), since(day(0)), since(day(-1)), since(day(-41))])).toEqual([
        day(-90),
        day(-90),
        day(-40),
        undefined,
      ])
      expect((await connections(connection.db))('tickets')).toBeUndefined()

      // A correction received today does not unlearn what was known before.
      await add(-60, -59)
      await add(-60, 1, 2)
      expect(await since(day(-50))).toBe(day(-60))
    },
  )
})

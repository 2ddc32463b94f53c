import { describe, expect, it } from 'vitest'
import { routesSchema } from '../../src/model/routes.ts'
import { announcedStatusOf } from '../../src/store/digests/announced.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { readHistory } from '../../src/store/scoring/history.ts'
import { scoreOnRequest } from '../../src/work/scoring/score-on-request.ts'
import { TODAY } from '../support/model-arbitrary-signals.ts'
import { DAY } from '../support/oracle-model.ts'
import { compiled, inDatabase } from '../support/world-of-scores.ts'
import { newestNumber, withNumbers } from '../support/world-of-scores-number.ts'

const raw = newestNumber(70)
const day = (n: number) => TODAY + n * DAY

/** Healthy, but for two days in between that fell deep. */
const acme = withNumbers(raw, [
  [day(-40), 88],
  [day(1.5), 20],
  [day(3.5), 88],
])

const score = (connection: Connection, at: number) =>
  scoreOnRequest(connection, {
    model: compiled(raw),
    routes: routesSchema.parse({}),
    at,
    now: day(50),
    newId: () => `${at}`,
  })

describe('scoring an instant before the newest stored score', () => {
  it('stores the number, settles nothing and raises nothing', async () => {
    await inDatabase([acme], async (connection, accounts) => {
      const key = accounts[0]?.key ?? 0
      await score(connection, day(0))
      await score(connection, day(5))

      const { transitions } = await score(connection, day(2))

      expect(transitions).toEqual([])
      expect(await connection.db.selectFrom('alerts').selectAll().execute()).toEqual([])
      expect((await readHistory(connection.db, key)).map(({ shown, band }) => [shown, band])).toEqual([
        [88, 'healthy'],
        [20, 'at_risk'],
        [88, 'healthy'],
      ])
      for (const at of [day(0), day(2), day(4), day(5)]) {
        expect(await announcedStatusOf(connection.db, key, at)).toMatchObject({ verdict: 'healthy' })
      }
    })
  })

  it('tells nothing of the time before the first scoring', async () => {
    await inDatabase([acme], async (connection, accounts) => {
      await score(connection, day(5))
      await score(connection, day(2))

      expect(await announcedStatusOf(connection.db, accounts[0]?.key ?? 0, day(4))).toBeUndefined()
    })
  })
})

describe('scoring in between', () => {
  it('tells a sharp drop from then on, and remembers since when', async () => {
    await inDatabase([acme], async (connection, accounts) => {
      const key = accounts[0]?.key ?? 0
      await score(connection, day(1))
      const { transitions } = await score(connection, day(1.6))
      await score(connection, day(2))

      expect(transitions).toMatchObject([{ kind: 'sharp_drop', from: 'healthy', to: 'at_risk', shown: 20 }])
      expect(await announcedStatusOf(connection.db, key, day(1.5))).toMatchObject({ verdict: 'healthy' })
      expect(await announcedStatusOf(connection.db, key, day(1.7))).toMatchObject({ verdict: 'at_risk' })
      expect(await announcedStatusOf(connection.db, key, day(2))).toMatchObject({ verdict: 'at_risk' })
    })
  })
})

describe('a clock that ran ahead', () => {
  it('leaves nothing that stands in the way of a later scoring, or hides what was told', async () => {
    await inDatabase([acme], async (connection, accounts) => {
      const key = accounts[0]?.key ?? 0
      const scoreAt = (at: number) => {
        const ids = { newId: () => `${at}` }
        return scoreOnRequest(connection, { model: compiled(raw), routes: routesSchema.parse({}), at, now: at, ...ids })
      }
      await scoreAt(day(-1))
      await scoreAt(day(400))

      await scoreAt(day(0))
      expect(await announcedStatusOf(connection.db, key, day(0))).toMatchObject({ verdict: 'healthy' })
      expect((await readHistory(connection.db, key)).map(({ day }) => day)).toEqual(['2026-10-31', '2026-11-01'])
      await scoreAt(day(2))

      expect(await announcedStatusOf(connection.db, key, day(2))).toMatchObject({ verdict: 'at_risk' })
    })
  })
})

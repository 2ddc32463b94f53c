import { describe, expect, it } from 'vitest'
import { routesSchema } from '../../src/model/routes.ts'
import { announcedStatusOf } from '../../src/store/digests/announced.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { readHistory } from '../../src/store/scoring/history.ts'
import { addSignals } from '../../src/store/sources/signals.ts'
import { fillHistory } from '../../src/work/scoring/fill-history.ts'
import { scoreAccounts } from '../../src/work/scoring/score.ts'
import { scoreOnRequest } from '../../src/work/scoring/score-on-request.ts'
import { TODAY } from '../support/model-arbitrary-signals.ts'
import { onTheirDays } from '../support/on-their-days.ts'
import { DAY } from '../support/oracle-model.ts'
import { compiled, inDatabase } from '../support/world-of-scores.ts'
import { newestNumber, withNumbers } from '../support/world-of-scores-number.ts'

const day = (n: number) => TODAY + n * DAY
const raw = newestNumber(70, { dwell: 2, margin: 5, sharp_drop: { points: 50, over: '30d' } })
const model = compiled(raw)
const withCourse = (...course: (readonly [number, number])[]) =>
  withNumbers(
    raw,
    course.map(([n, value]) => [day(n), value]),
  )

const ask = (connection: Connection, n: number, routes = {}) =>
  scoreOnRequest(connection, {
    ...{ model, routes: routesSchema.parse(routes), at: day(n), now: day(100), newId: () => `${n}` },
  })

const days = async ({ db }: Connection, key: number) =>
  (await readHistory(db, key)).map(({ day, shown, verdict }) => `${day} ${shown} ${verdict}`)

describe('somebody asks for scores between two slots', () => {
  it('and the slot that nothing settled comes first, as of that slot', async () => {
    const acme = withCourse([-1, 80], [0.1, 75], [1.1, 60])
    await inDatabase([acme], async (connection, [account]) => {
      const key = account?.key ?? 0

      await ask(connection, 0.2)
      await ask(connection, 1.2)

      expect(await days(connection, key)).toEqual(['2026-11-01 80 healthy', '2026-11-02 75 healthy'])
      const status = await connection.db.selectFrom('current_status').select('shown').executeTakeFirst()
      expect(status).toEqual({ shown: 60 })
    })
  })

  it('and however often they ask, a day settles once', async () => {
    const acme = withCourse([-1, 80], [0.1, 60])
    await inDatabase([acme], async (connection, [account]) => {
      for (const n of [0, 0.2, 0.3, 0.9, 1]) await ask(connection, n)
      expect(await announcedStatusOf(connection.db, account?.key ?? 0, day(1))).toMatchObject({ verdict: 'healthy' })

      const { transitions } = await ask(connection, 2)

      expect(transitions).toMatchObject([{ from: 'healthy', to: 'attention', at: day(2) }])
    })
  })

  it('and several slots were missed: only the newest is made up for', async () => {
    const acme = withCourse([-1, 80], [0.1, 60])
    await inDatabase([acme], async (connection, [account]) => {
      await ask(connection, 0)
      await ask(connection, 5.5)

      expect(await days(connection, account?.key ?? 0)).toEqual(['2026-11-01 80 healthy', '2026-11-06 60 healthy'])
    })
  })

  it('and an account is new: its first scoring settles as of now, in silence', async () => {
    await inDatabase(
      [withCourse([-1, 80]), withCourse([0.1, 30])].map((w, i) => ({ ...w, account: { id: `a${i}`, name: `A${i}` } })),
      async (connection, [, late]) => {
        const { transitions } = await ask(connection, 0.2)

        expect(transitions).toEqual([])
        expect(await days(connection, late?.key ?? 0)).toEqual(['2026-11-01 30 at_risk'])
      },
    )
  })

  it('and tells of a sharp drop at once', async () => {
    await inDatabase([withCourse([-40, 90], [0.1, 30])], async connection => {
      await ask(connection, 0)

      expect((await ask(connection, 0.2)).transitions).toMatchObject([
        { kind: 'sharp_drop', to: 'at_risk', at: day(0.2) },
      ])
    })
  })

  it('and a day is a day of the schedule', async () => {
    const tokyo = { scoring: { schedule: '0 6 * * *', time_zone: 'Asia/Tokyo' } }
    await inDatabase([withCourse([-1, 80])], async (connection, [account]) => {
      await ask(connection, 0.7, tokyo)

      expect(await days(connection, account?.key ?? 0)).toEqual(['2026-11-02 80 healthy'])
    })
  })
})

describe('filling days', () => {
  const fill = (connection: Connection, ...ns: number[]) => fillHistory(connection, model, onTheirDays(ns.map(day)))
  const add = (connection: Connection, account: number, n: number, value: number) =>
    addSignals(connection, [{ account, metric: 'it', value, observedAt: day(n), receivedAt: day(n), id: '' }])

  it('leaves what a slot settled, fills again what was only filled, and settles across both', async () => {
    await inDatabase([withCourse([-5, 80])], async (connection, [account]) => {
      const key = account?.key ?? 0
      const run = { model, newId: () => 'id', accounts: 'all', purpose: 'slot' } as const
      await fill(connection, -3, -2)
      await scoreAccounts(connection, { ...run, at: day(-1) })
      await add(connection, key, -2.5, 60)

      expect(await fill(connection, -3, -2, -1, 0)).toBe(3)

      expect(await days(connection, key)).toEqual([
        '2026-10-29 80 healthy',
        '2026-10-30 60 healthy',
        '2026-10-31 80 healthy',
        '2026-11-01 60 healthy',
      ])
    })
  })
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DAY, dayOf, type Instant } from '../../src/domain/time/instant.ts'
import { announcedStatusOf } from '../../src/store/digests/announced.ts'
import { readHistory, shownWeekly } from '../../src/store/scoring/history.ts'
import type { Db } from '../../src/store/tables.ts'
import { openTestDatabase, tries } from '../support/test-database.ts'

const START: Instant = Date.UTC(2026, 0, 1, 6)

it('finds the newest days of an account, whatever days lie between them', async () => {
  const { db, close } = await openTestDatabase()
  await addModel(db)
  const day = fc.integer({ min: 0, max: 700 })
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(day),
      fc.uniqueArray(day),
      fc.integer({ min: 1, max: 40 }),
      async (of, others, most) => {
        await db.deleteFrom('scores').execute()
        for (const n of of) await addScore(db, 1, n)
        for (const n of others) await addScore(db, 2, n)

        const history = await readHistory(db, 1, { most })

        const newest = of.toSorted((a, b) => a - b).slice(-most)
        expect(history.map(({ day }) => day)).toEqual(newest.map(n => dayOf(START + n * DAY)))
      },
    ),
    tries(30),
  )
  await close()
})

it('draws the newest day up to tomorrow, of the last nine, and the same weekday of the weeks before', async () => {
  const { db, close } = await openTestDatabase()
  await addModel(db)
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.integer({ min: -25, max: 3 }), { maxLength: 20 }), async days => {
      await db.deleteFrom('scores').execute()
      for (const n of days) await addScore(db, 1, n)

      const chart = await shownWeekly(db, 1, { weeks: 3, until: START })

      const newest = Math.max(...days.filter(n => n <= 1 && n > -8))
      const drawn = [newest - 14, newest - 7, newest].filter(n => days.includes(n))
      expect(chart.map(({ day }) => day)).toEqual(drawn.map(n => dayOf(START + n * DAY)))
    }),
    tries(60),
  )
  await close()
})

it('says what was announced at an instant by the last day that was settled by then', async () => {
  const { db, close } = await openTestDatabase()
  await addModel(db)
  for (const n of [0, 200, 201, 500]) await addScore(db, 1, n, `of day ${n}`)
  await addCurrentStatus(db, 1, START + 500 * DAY)

  const verdictOn = async (n: number) => (await announcedStatusOf(db, 1, START + n * DAY))?.verdict

  expect([await verdictOn(-1), await verdictOn(199), await verdictOn(200), await verdictOn(499)]).toEqual([
    undefined,
    'of day 0',
    'of day 200',
    'of day 201',
  ])
  await close()
})

async function addModel(db: Db): Promise<void> {
  await db.insertInto('models').values({ key: 1, version: 'v', name: 'n', first_used_at: 0, content: null }).execute()
  for (const key of [1, 2]) {
    await db
      .insertInto('accounts')
      .values({ key, id: `a${key}`, name: `A${key}`, folded_name: `a${key}` })
      .execute()
  }
}

const SCORE = { score: 50, shown: 50, verdict: 'healthy', coverage: 1, model: 1, has_sharp_drop: 0, expansion_ready: 0 }

async function addScore(db: Db, account: number, n: number, verdict = 'healthy'): Promise<void> {
  const at = START + n * DAY
  const row = { ...SCORE, account, at, day: dayOf(at), origin: 'scheduled', band: 'healthy', segment: null, verdict }
  await db
    .insertInto('scores')
    .values({ ...row, expansion_held: 0 })
    .execute()
}

async function addCurrentStatus(db: Db, account: number, at: Instant): Promise<void> {
  const row = { ...SCORE, account, at, role: 'healthy', change_30d: null, reason: '' }
  await db.insertInto('current_status').values(row).execute()
}

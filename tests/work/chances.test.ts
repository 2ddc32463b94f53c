import { afterEach, beforeEach, expect, it } from 'vitest'
import { DAY } from '../../src/domain/time/instant.ts'
import { loadSettings } from '../../src/model/settings.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { atStake } from '../../src/work/outcomes/at-stake.ts'
import { backtest } from '../../src/work/outcomes/backtest.ts'
import { chanceLookup } from '../../src/work/outcomes/shown-chance.ts'
import { scoreOnRequest } from '../../src/work/scoring/score-on-request.ts'
import { migratedDatabase } from '../support/migrated.ts'
import { fill, modelOf, NOW, OUTCOME_MODEL, SCORING, simulate } from '../support/outcome-world.ts'

const MODEL = modelOf(OUTCOME_MODEL)
const OTHER = modelOf(OUTCOME_MODEL.replace('weight: 60', 'weight: 50'))

let connection: Connection

beforeEach(async () => {
  connection = await migratedDatabase()
  await fill(
    connection,
    simulate(120, score => (score < 45 ? 0.6 : 0.1)),
  )
  await saveAccounts(connection.db, [{ id: 'a0', attributes: new Map([['arr', '1000']]) }], NOW - 90 * DAY)
})

afterEach(() => connection.close())

let ids = 0
const score = (model = MODEL, at = NOW) => {
  const { routes } = loadSettings(undefined)
  return scoreOnRequest(connection, { model, routes, newId: () => `id-${++ids}`, at, now: at })
}
const chanceOf = async (value: number | undefined, model = MODEL, at = NOW) =>
  (await chanceLookup(connection.db, model, at))(value)

it('is worked out at a scoring, and not before', async () => {
  expect((await chanceOf(30)).reason).toContain('none has run yet')

  await score()

  const [low, high] = [(await chanceOf(20)).chance, (await chanceOf(90)).chance]
  expect(low?.point).toBeGreaterThan(high?.point ?? 1)
  expect(await atStake(connection.db, MODEL.version)).toContain('expected loss')
})

it('is not given for a day before those it was learned from, nor without a score', async () => {
  await score()

  expect((await chanceOf(20, MODEL, NOW - DAY)).chance).toBeUndefined()
  expect((await chanceOf(undefined)).reason).toBe('the account has no score')
})

it('is withheld on a change of model, until a backtest has run under the new one', async () => {
  await score()

  expect((await chanceOf(20, OTHER)).reason).toContain('the model changed')
  await score(OTHER, NOW + DAY / 24)
  expect((await chanceOf(20, OTHER, NOW + DAY)).reason).toContain('a backtest must run under the new one first')
  expect(await atStake(connection.db, OTHER.version)).toBeUndefined()

  await backtest(connection, { model: OTHER, scoring: SCORING, leadDays: 90, now: NOW + DAY / 24 })

  expect((await chanceOf(20, OTHER, NOW + DAY)).chance).toBeDefined()
})

it('is withheld where many renewals have no outcome', async () => {
  const attributes = new Map([['renewal_on', '2026-10-01']])
  await saveAccounts(
    connection.db,
    Array.from({ length: 50 }, (_, at) => ({ id: `new${at}`, name: 'x', attributes })),
    NOW - DAY,
  )

  await score()

  expect((await chanceOf(20)).reason).toBe('only 0 of 50 renewals of the last year have an outcome; 80% are needed')
})

import { afterEach, beforeEach, expect, it } from 'vitest'
import { DAY } from '../../src/domain/time/instant.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { modelKey } from '../../src/store/scoring/models/models.ts'
import { addSignals } from '../../src/store/sources/signals.ts'
import { backtest } from '../../src/work/outcomes/backtest.ts'
import { trust } from '../../src/work/outcomes/trust.ts'
import { migratedDatabase } from '../support/migrated.ts'
import { fill, modelOf, NOW, OUTCOME_MODEL, SCORING, type Simulated } from '../support/outcome-world.ts'

/** Without a measure of the pulse: what the owner says is beside the score. */
const MODEL = modelOf(OUTCOME_MODEL.replace(/^.*id: pulse.*$/mu, ''))
const RUN = { model: MODEL, scoring: SCORING, leadDays: 90, now: NOW }

let connection: Connection

beforeEach(async () => {
  connection = await migratedDatabase()
})

afterEach(() => connection.close())

/** Of ten accounts each other one left; the outcome of the account with the key k was k + 4 days ago. */
const ten = Array.from({ length: 10 }, (_, at): Simulated => {
  return { use: 10 * at, voice: 10 * at, kind: at % 2 === 0 ? 'churned' : 'renewed' }
})
const cutOf = (account: number) => NOW - (account + 4 + 90) * DAY
const pulse = (account: number, value: number, daysFromCut: number) => {
  const at = cutOf(account) + daysFromCut * DAY
  return { account, metric: 'csm_pulse', value, observedAt: at, receivedAt: at, id: '' }
}

it('tells how it went by the pulse that stood at the cut', async () => {
  await fill(connection, ten)
  await addSignals(connection, [
    ...[1, 2, 3].map(account => pulse(account, 2, -10)),
    ...[4, 5].map(account => pulse(account, 5, -89)),
    // Too old to stand, and not yet given.
    pulse(6, 4, -91),
    pulse(7, 4, 1),
  ])

  const { backtest: report } = await backtest(connection, RUN)

  expect(report.pulses.map(({ key, bad, good, scored }) => ({ key, bad, good, scored }))).toEqual([
    { key: 2, bad: 2, good: 1, scored: 3 },
    { key: 5, bad: 1, good: 1, scored: 2 },
  ])
  expect(report.yardsticks.map(({ name }) => name)).toContain('owner_pulse')
})

it('says nothing of pulses where nobody gave one', async () => {
  await fill(connection, ten)

  const { backtest: report } = await backtest(connection, RUN)

  expect(report.pulses).toEqual([])
  expect(report.yardsticks.map(({ name }) => name)).not.toContain('owner_pulse')
})

it('names the versions of the model that scored in that time', async () => {
  await fill(connection, ten)
  const older = (weight: number) => modelOf(OUTCOME_MODEL.replace('weight: 60', `weight: ${weight}`))
  await modelKey(connection.db, older(10), NOW - 400 * DAY)
  await modelKey(connection.db, older(20), NOW - 200 * DAY)
  await modelKey(connection.db, older(30), NOW - 50 * DAY)

  const [backtested, trusted] = [await backtest(connection, RUN), await trust(connection, RUN)]

  expect(backtested.versions.map(({ since }) => (NOW - since) / DAY)).toEqual([200, 50])
  expect(trusted.versions).toEqual(backtested.versions)
})

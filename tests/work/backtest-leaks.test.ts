import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY, dayOf } from '../../src/domain/time/instant.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { saveOutcomes } from '../../src/store/outcomes/outcomes.ts'
import { addActivation } from '../../src/store/scoring/models/model-activations.ts'
import { addSignals } from '../../src/store/sources/signals.ts'
import { backtest } from '../../src/work/outcomes/backtest.ts'
import { migratedDatabase } from '../support/migrated.ts'
import { fill, modelOf, NOW, OUTCOME_MODEL, SCORING, simulate } from '../support/outcome-world.ts'

const MODEL = modelOf(OUTCOME_MODEL)
const ACCOUNTS = simulate(60, score => (score < 45 ? 0.7 : 0.2))

let connection: Connection

beforeEach(async () => {
  connection = await migratedDatabase()
  await fill(connection, ACCOUNTS)
})

afterEach(() => connection.close())

const look = async () => {
  const { backtest: report, cases } = await backtest(connection, {
    model: MODEL,
    scoring: SCORING,
    leadDays: 90,
    now: NOW,
  })
  return { known: report.known, today: cases.map(({ today }) => today), looks: cases.map(({ known }) => known) }
}

/** The account a0: its outcome was 5 days ago, so that its cut is 95 days ago. */
const CUT = NOW - 95 * DAY
const late = (metric: string, value: number, observedAt: number, receivedAt: number, id = '') =>
  addSignals(connection, [{ account: 1, metric, value, observedAt, receivedAt, id }])
const attribute = (name: string, value: string, from: number) =>
  saveAccounts(connection.db, [{ id: 'a0', attributes: new Map([[name, value]]) }], from)

describe('what was learned after the cut moves nothing in "as known at"', () => {
  it.each<[string, (opposite: number) => Promise<unknown>, boolean]>([
    ['a signal observed later', value => late('use', value, CUT + 2 * DAY, CUT + 2 * DAY), false],
    ['a signal observed before and received later', value => late('use', value, CUT - DAY / 2, CUT + DAY), true],
    ['a correction received later', value => late('use', value, CUT - DAY, CUT + 30 * DAY), true],
    ['an attribute recorded later', () => attribute('plan_value', '3', CUT + DAY), true],
    ['an attribute that turns a cap on, recorded later', () => attribute('sponsor', 'gone', CUT + DAY), true],
    ['a pulse given later', () => late('csm_pulse', 1, CUT + DAY, CUT + DAY), false],
    ['a pulse dated back', () => late('csm_pulse', 1, CUT - DAY, CUT + DAY), true],
    [
      'the activation of a model',
      () =>
        addActivation(
          connection.db,
          modelOf(OUTCOME_MODEL.replace('weight: 60', 'weight: 10')),
          'name: x',
          CUT + DAY,
          'boss',
        ),
      false,
    ],
  ])('%s', async (_, plant, movesToday) => {
    const before = await look()
    const mine = before.looks.find(({ at }) => at === CUT)?.score?.value ?? 0

    await plant(mine > 50 ? 0 : 100)

    const after = await look()
    expect(after.known).toEqual(before.known)
    expect(after.looks).toEqual(before.looks)
    expect(JSON.stringify(after.today) !== JSON.stringify(before.today)).toBe(movesToday)
  })

  it('another outcome of the account', async () => {
    const before = await look()

    await saveOutcomes(connection.db, [
      { account: 1, kind: 'expanded', on: dayOf(NOW - DAY), source: 'test', recordedAt: NOW },
    ])

    const after = await look()
    expect(after.looks.slice(0, before.looks.length)).toEqual(before.looks)
  })
})

it('what was known moves what was said: the same signal, received in time', async () => {
  const before = await look()

  await late('use', 99, CUT - DAY / 2, CUT - DAY / 4)

  expect((await look()).looks).not.toEqual(before.looks)
})

it('is the score that `show --as-of --known-at` gives', async () => {
  const { checkAccount } = await import('../../src/work/accounts/check-account.ts')
  await late('use', 1, CUT - DAY, CUT + 30 * DAY)
  const { looks } = await look()

  const { health } = await checkAccount(connection, MODEL, { key: 1, id: 'a0', name: 'a0' }, CUT, { knownAt: CUT })

  expect(looks.find(({ at }) => at === CUT)?.score?.value).toBe(health.now.score?.value)
})

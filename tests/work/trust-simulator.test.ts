import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { seeded } from '../../src/domain/outcomes/calibration/seeded.ts'
import { aucOf } from '../../src/domain/outcomes/statistics/auc.ts'
import type { FloorId } from '../../src/domain/outcomes/trust/trust.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { conclusion } from '../../src/views/outcomes/backtest-card.ts'
import { backtest } from '../../src/work/outcomes/backtest.ts'
import { calibrateModel } from '../../src/work/outcomes/calibrate.ts'
import { trust } from '../../src/work/outcomes/trust.ts'
import { migratedDatabase } from '../support/migrated.ts'
import { fill, modelOf, NOW, OUTCOME_MODEL, SCORING, type Simulated, simulate } from '../support/outcome-world.ts'

const MODEL = modelOf(OUTCOME_MODEL)
const RUN = { model: MODEL, scoring: SCORING, now: NOW }
const COSTS = { missed: 5, falseAlarm: 1 }

let connection: Connection

beforeEach(async () => {
  connection = await migratedDatabase()
})

afterEach(() => connection.close())

/** Most accounts are well, some badly off: `risk` of them score below 40. */
function portfolio(count: number, risk: number, chanceOf: (score: number) => number, seed = 3): Simulated[] {
  const random = seeded(seed)
  return Array.from({ length: count }, () => {
    const score = random() < risk ? 5 + random() * 30 : 45 + random() * 50
    return { use: score, voice: score, kind: random() < chanceOf(score) ? 'churned' : 'renewed' }
  })
}

const resultsOf = async (accounts: Simulated[]) => {
  await fill(connection, accounts)
  const { floors } = await trust(connection, RUN)
  return new Map(floors.map(({ id, result }) => [id, result]))
}

describe('the trust report of a company whose truth is known', () => {
  it('passes the floors where the score says what happens', async () => {
    const results = await resultsOf(portfolio(800, 0.12, score => (score < 40 ? 0.85 : score < 60 ? 0.03 : 0.01)))

    expect([...results.values()].filter(result => result === 'fail')).toEqual([])
    expect(results.get('risk_lift')).toBe('pass')
    expect(results.get('recall_below_healthy')).toBe('pass')
    expect(results.get('share_healthy')).toBe('pass')
  }, 60_000)

  it.each<[FloorId, Simulated[]]>([
    ['risk_lift', portfolio(500, 0.4, () => 0.15)],
    ['recall_below_healthy', portfolio(500, 0.1, score => (score >= 70 ? 0.35 : 0.05))],
    [
      'share_healthy',
      portfolio(300, 0.05, () => 0.1).map(one => (one.use > 40 ? { ...one, use: 90, voice: 90 } : one)),
    ],
    ['monotone', portfolio(500, 0.4, score => score / 300)],
  ])(
    'fails %s where that is wrong',
    async (id, accounts) => {
      expect((await resultsOf(accounts)).get(id)).toBe('fail')
    },
    60_000,
  )

  it('names what would help', async () => {
    await fill(
      connection,
      portfolio(500, 0.1, score => (score >= 70 ? 0.35 : 0.05)),
    )

    const { remedies } = await trust(connection, RUN)

    expect(remedies).toContainEqual(expect.objectContaining({ kind: 'line', floor: 'recall_below_healthy', from: 70 }))
  }, 60_000)

  it('names the line from which on few enough customers are healthy', async () => {
    await fill(
      connection,
      Array.from({ length: 100 }, (_, at) => ({ use: 71 + at / 5, voice: 71 + at / 5, kind: 'renewed' as const })),
    )

    const { remedies, floors } = await trust(connection, RUN)

    expect(floors.find(({ id }) => id === 'share_healthy')).toMatchObject({ value: 1, result: 'fail' })
    expect(remedies).toEqual([{ kind: 'line', floor: 'share_healthy', from: 70, to: 76 }])
  }, 60_000)
})

it('the interval of the AUC holds the true one in at least 90 of 100 runs', () => {
  const chanceOf = (score: number) => 1 / (1 + Math.exp((score - 30) / 12))
  const scored = (count: number, seed: number) =>
    simulate(count, chanceOf, seed).map(({ use, voice, kind }) => ({
      score: 0.6 * use + 0.4 * voice,
      isBad: kind === 'churned',
    }))
  const truth = aucOf(scored(200_000, 1))?.value ?? 0

  const held = Array.from({ length: 100 }, (_, run) => aucOf(scored(250, run + 2))).filter(
    found => found !== undefined && found.low <= truth && truth <= found.high,
  )

  expect(held.length).toBeGreaterThanOrEqual(90)
})

describe('outcomes that have nothing to do with the score', () => {
  beforeEach(() =>
    fill(
      connection,
      simulate(300, () => 0.3, 5),
    ),
  )

  it('lead to no conclusion', async () => {
    const { backtest: report } = await backtest(connection, { ...RUN, leadDays: 90 })

    expect(conclusion(report)).toContain('cannot be told from chance')
  }, 60_000)

  it('change no weights', async () => {
    const found = await calibrateModel(connection, {
      ...RUN,
      leadDays: 90,
      seed: 1,
      isTimeOrdered: false,
      costs: COSTS,
    })

    expect(found).toMatchObject({ advice: 'keep' })
  }, 60_000)
})

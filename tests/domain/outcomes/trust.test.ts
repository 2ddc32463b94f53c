import { describe, expect, it } from 'vitest'
import { type FloorId, type TrustCase, trustOf } from '../../../src/domain/outcomes/trust/trust.ts'

const HEALTHY = { withVerdict: 100, healthy: 70 }
const roleAt = (score: number) => (score < 40 ? 'at_risk' : score < 70 ? 'attention' : 'healthy')
const said = (score: number) => ({ score, role: roleAt(score) }) as const
const some = (count: number, score: number, isChurned: boolean): TrustCase[] =>
  Array.from({ length: count }, (_, at) => ({ isChurned, at90: said(score + at / 1000) }))

const floorOf = (id: FloorId, cases: TrustCase[], portfolio = HEALTHY) => {
  const floor = trustOf(cases, portfolio).floors.find(floor => floor.id === id)
  if (floor === undefined) throw new Error(id)
  return floor
}

// 1,000 outcomes, 100 of them churns: 80 of 100 at risk, 15 of 300 in between, 5 of 600 healthy.
const SOUND = [
  ...[...some(80, 20, true), ...some(20, 20, false)],
  ...[...some(5, 50, true), ...some(95, 51, false), ...some(10, 60, true), ...some(190, 61, false)],
  ...[...some(3, 80, true), ...some(197, 81, false), ...some(2, 84, true), ...some(398, 85, false)],
]

it('passes all four floors where the score says what happens', () => {
  expect(trustOf(SOUND, HEALTHY).floors.map(({ result }) => result)).toEqual(['pass', 'pass', 'pass', 'pass'])
  expect(floorOf('risk_lift', SOUND).value).toBeCloseTo(0.8 / 0.1, 12)
  expect(floorOf('recall_below_healthy', SOUND).value).toBeCloseTo(0.95, 12)
})

describe('accounts at risk', () => {
  it('fail the floor where they churn hardly more often than all', () => {
    const cases = [...some(60, 20, true), ...some(440, 20, false), ...some(40, 80, true), ...some(460, 80, false)]

    expect(floorOf('risk_lift', cases)).toMatchObject({ result: 'fail', floor: 3 })
  })

  it('say nothing where more than a quarter of all churned', () => {
    const cases = [...some(90, 20, true), ...some(10, 20, false), ...some(10, 80, true), ...some(290, 80, false)]

    expect(floorOf('risk_lift', cases).result).toBe('pass')
    expect(floorOf('risk_lift', [...cases, ...some(60, 80, true)])).toMatchObject({
      result: 'too_few',
      isNoPortfolio: true,
    })
  })

  it('are too few where there are none', () => {
    expect(floorOf('risk_lift', some(50, 80, true))).toEqual({ id: 'risk_lift', floor: 3, result: 'too_few' })
  })
})

describe('those who left', () => {
  it('fail the floor where most were healthy', () => {
    expect(floorOf('recall_below_healthy', [...some(10, 50, true), ...some(40, 90, true)]).result).toBe('fail')
  })

  it('count as seen where either day was below healthy, and only where a day has a score', () => {
    const cases: TrustCase[] = [
      { isChurned: true, at90: said(90), at60: said(50) },
      { isChurned: true, at60: said(90) },
      { isChurned: true },
      { isChurned: false, at90: said(10) },
    ]

    expect(floorOf('recall_below_healthy', cases).value).toBe(1 / 2)
  })
})

it.each([
  [{ withVerdict: 100, healthy: 80 }, 'pass'],
  [{ withVerdict: 100, healthy: 81 }, 'fail'],
  [{ withVerdict: 19, healthy: 19 }, 'too_few'],
  [{ withVerdict: 0, healthy: 0 }, 'too_few'],
])('a portfolio of %j: %s', (portfolio, result) => {
  expect(floorOf('share_healthy', SOUND, portfolio).result).toBe(result)
})

describe('more points', () => {
  const fifths = (...churned: number[]) =>
    churned.flatMap((count, at) => [...some(count, at * 20, true), ...some(100 - count, at * 20 + 10, false)])

  it('never mean more churn: then they pass', () => {
    expect(floorOf('monotone', fifths(40, 20, 20, 10, 5))).toMatchObject({ result: 'pass', value: 0 })
  })

  it('fail where a higher fifth churned more beyond doubt, even far above', () => {
    expect(floorOf('monotone', fifths(5, 20, 20, 10, 40)).result).toBe('fail')
  })

  it('are left open where a rise may be chance', () => {
    expect(floorOf('monotone', fifths(40, 20, 22, 10, 5))).toMatchObject({ result: 'too_few', value: 1 })
  })
})

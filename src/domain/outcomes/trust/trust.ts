import type { Role } from '../../model/model.ts'
import { withoutNoise } from '../../number.ts'
import { type ScorePart, scoreParts } from '../backtest/score-parts.ts'
import { wilson } from '../statistics/wilson.ts'

export const FLOORS = ['risk_lift', 'recall_below_healthy', 'share_healthy', 'monotone'] as const

export type FloorId = (typeof FLOORS)[number]

export type FloorResult = 'pass' | 'fail' | 'too_few'

/** One of the four things that a score must reach to be trusted. Without a value there was nothing to measure. */
export type Floor = {
  readonly id: FloorId
  readonly value?: number
  readonly low?: number
  readonly high?: number
  readonly floor: number
  readonly result: FloorResult
  /** Left open for another reason than too few outcomes: so many churned that it is no portfolio to compare with. */
  readonly isNoPortfolio?: boolean
}

/** What the score said before an outcome; absent where it had none. */
export type Before = { readonly score: number; readonly role: Role }

export type TrustCase = {
  readonly isChurned: boolean
  /** As known 90 and 60 days before. */
  readonly at90?: Before | undefined
  readonly at60?: Before | undefined
}

/** How many customers have a verdict now, and how many of them are healthy. */
export type Portfolio = { readonly withVerdict: number; readonly healthy: number }

export type Trust = { readonly floors: readonly Floor[]; readonly parts: readonly ScorePart[] }

const FEWEST_CUSTOMERS = 20
const MOST_CHURN = 0.25
/** A portfolio with more healthy accounts warns about nobody. */
export const MOST_HEALTHY = 0.8

/** The four floors, by outcomes with a score 90 days before and by the portfolio of today. */
export function trustOf(cases: readonly TrustCase[], portfolio: Portfolio): Trust {
  const scored = cases.flatMap(({ isChurned, at90 }) => (at90 === undefined ? [] : [{ isBad: isChurned, ...at90 }]))
  const parts = scoreParts(scored, 5)
  return { floors: [riskLift(scored), recall(cases), shareHealthy(portfolio), monotone(parts)], parts }
}

/** The risky churn at least three times as often as all; where a quarter of all churns it is not a portfolio. */
function riskLift(scored: readonly (Before & { readonly isBad: boolean })[]): Floor {
  const atRisk = scored.filter(({ role }) => role === 'at_risk')
  const churned = (some: readonly { readonly isBad: boolean }[]) => some.filter(({ isBad }) => isBad).length
  const rate = wilson(churned(atRisk), atRisk.length)
  const overall = scored.length === 0 ? 0 : churned(scored) / scored.length
  if (rate === undefined || overall === 0) return { id: 'risk_lift', floor: 3, result: 'too_few' }
  const lift = { value: rate.value / overall, low: rate.low / overall, high: rate.high / overall }
  const head = { id: 'risk_lift', ...lift, floor: 3 } as const
  if (overall > MOST_CHURN) return { ...head, result: 'too_few', isNoPortfolio: true }
  return { ...head, result: resultOf(lift, 3) }
}

/** Two thirds of those who left were below healthy 90 or 60 days before. */
function recall(cases: readonly TrustCase[]): Floor {
  const left = cases.filter(({ isChurned, at90, at60 }) => isChurned && (at90 ?? at60) !== undefined)
  const isBelow = (before: Before | undefined) => before !== undefined && before.role !== 'healthy'
  const share = wilson(left.filter(({ at90, at60 }) => isBelow(at90) || isBelow(at60)).length, left.length)
  const floor = 2 / 3
  if (share === undefined) return { id: 'recall_below_healthy', floor, result: 'too_few' }
  return { id: 'recall_below_healthy', ...share, floor, result: resultOf(share, floor) }
}

/** Every customer is counted, so that there is no interval. */
function shareHealthy({ withVerdict, healthy }: Portfolio): Floor {
  const head = { id: 'share_healthy', floor: MOST_HEALTHY } as const
  if (withVerdict === 0) return { ...head, result: 'too_few' }
  const value = healthy / withVerdict
  const result = withVerdict < FEWEST_CUSTOMERS ? 'too_few' : withoutNoise(value) <= MOST_HEALTHY ? 'pass' : 'fail'
  return { ...head, value, result }
}

/** More points never mean more churn. The value counts the fifths that churned more than the one below. */
function monotone(parts: readonly ScorePart[]): Floor {
  const head = { id: 'monotone', floor: 0 } as const
  if (parts.length < 2) return { ...head, result: 'too_few' }
  const rises = parts.filter((part, at) => part.rate.value > (parts[at - 1]?.rate.value ?? Infinity)).length
  const isWrong = parts.some((higher, at) => parts.slice(0, at).some(lower => higher.rate.low > lower.rate.high))
  return { ...head, value: rises, result: isWrong ? 'fail' : rises === 0 ? 'pass' : 'too_few' }
}

function resultOf({ low, high }: { readonly low: number; readonly high: number }, floor: number): FloorResult {
  return low >= floor ? 'pass' : high < floor ? 'fail' : 'too_few'
}

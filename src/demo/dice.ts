import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { DEMO_DAYS, type Wobble } from './course.ts'

/** Chance that comes out the same for the same seed. */
export type Dice = {
  between(low: number, high: number): number
  whole(low: number, high: number): number
  pick<T>(items: readonly [T, ...T[]]): T
}

export function diceOf(seed: number): Dice {
  const generator = xoroshiro128plus(seed)
  const between = (low: number, high: number) => low + uniformFloat64(generator) * (high - low)
  const whole = (low: number, high: number) => Math.floor(between(low, high + 1))
  return { between, whole, pick: items => items[whole(0, items.length - 1)] ?? items[0] }
}

/** Daily noise about 1 that remembers yesterday, each metric's own. */
export function wobbleOf(dice: Dice, size: number): Wobble {
  const series = new Map<string, readonly number[]>()
  return (metric, daysAgo) => {
    const known = series.get(metric) ?? wander(dice, size)
    series.set(metric, known)
    return known[daysAgo] ?? 1
  }
}

const MEMORY = 0.6

function wander(dice: Dice, size: number): number[] {
  let away = 0
  return Array.from({ length: DEMO_DAYS }, () => {
    away = MEMORY * away + dice.between(-size, size)
    return 1 + away
  })
}

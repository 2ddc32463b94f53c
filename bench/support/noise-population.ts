import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

const ACCOUNTS = 200
const DECLINING = 20
export const DAYS = 180

/** `declinesOn` is the day on which the slide begins. */
export type WobblingAccount = { readonly series: readonly number[]; readonly declinesOn?: number }

/** A level of its own for each account, noise that remembers yesterday, and for some a slide of 55 points in 30 days. */
export function population(seed: number): WobblingAccount[] {
  const random = randomOf(seed)
  return Array.from({ length: ACCOUNTS }, (_, index) => {
    const declines = index < DECLINING
    const level = declines ? 72 + random() * 16 : 15 + random() * 80
    const begins = 60 + Math.floor(random() * 60)
    let noise = 0
    const series = Array.from({ length: DAYS }, (_, day) => {
      noise = 0.7 * noise + 3 * normal(random)
      const slide = declines ? 55 * Math.min(1, Math.max(0, (day - begins) / 30)) : 0
      return Math.min(100, Math.max(0, level - slide + noise))
    })
    return { series, ...(declines && { declinesOn: begins }) }
  })
}

/** The days on which the shown score lies in another band than the day before. */
export function crossings(series: readonly number[]): number[] {
  return [...series.keys()].filter(day => day > 0 && bandOf(series[day]) !== bandOf(series[day - 1]))
}

export function bandOf(score = 0): number {
  return [40, 70].filter(line => Math.round(score) >= line).length
}

/** From 0, which does not come, to 1. */
export function randomOf(seed: number): () => number {
  const generator = xoroshiro128plus(seed)
  return () => 1 - uniformFloat64(generator)
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())
}

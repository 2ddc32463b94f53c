import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { DAY } from '../src/domain/instant.ts'
import { judge, type Past } from '../src/domain/judge.ts'
import type { Model } from '../src/domain/model.ts'
import { EMPTY } from '../src/domain/window.ts'
import { checkModel } from '../src/model/load.ts'

/**
 * Does it cry wolf? 200 accounts over 180 days whose scores wobble with autocorrelated noise, 20 of which truly decline.
 * Our alerts against a yardstick in the same run: one post for each crossing of a band's line.
 */

const ACCOUNTS = 200
const DECLINING = 20
const DAYS = 180
const START = Date.UTC(2026, 0, 1, 6)

/** One measure whose reading is the score. */
const MODEL = `
name: noise
components:
  - {id: level, weight: 1, measures: [{id: level, metric: level, take: latest, over: 1d, scale: {0: 0, 100: 100}}]}
bands:
  - {id: at_risk, role: at_risk, from: 0}
  - {id: attention, role: attention, from: 40}
  - {id: healthy, role: healthy, from: 70}
`

/** `declinesOn` is the day on which the slide begins. */
type Account = { readonly series: readonly number[]; readonly declinesOn?: number }

/** Days on which something was posted, and those posts that warn of risk. */
type Posts = { readonly days: readonly number[]; readonly warnings: readonly number[] }

export type NoiseResult = {
  readonly plainPosts: number
  readonly ourPosts: number
  /** True declines that nobody was warned of. */
  readonly missed: number
  /** Days from the crossing into risk to our warning, at worst. */
  readonly worstDelay: number
}

export function simulateNoise(seed: number): NoiseResult {
  const { model } = checkModel(MODEL)
  if (model === undefined) throw new Error('the model of the simulation is valid')
  const accounts = population(seed)
  const plain = accounts.map(({ series }) => plainPosts(series))
  const ours = accounts.map(({ series }) => ourPosts(model, series))
  const delays = accounts.flatMap(({ declinesOn }, index) => {
    if (declinesOn === undefined) return []
    const first = (posts: Posts | undefined) => posts?.warnings.find(day => day >= declinesOn)
    const [crossed, warned] = [first(plain[index]), first(ours[index])]
    return crossed === undefined ? [] : [warned === undefined ? Infinity : warned - crossed]
  })
  const total = (posts: readonly Posts[]) => posts.reduce((sum, { days }) => sum + days.length, 0)
  return {
    plainPosts: total(plain),
    ourPosts: total(ours),
    missed: delays.filter(delay => delay === Infinity).length,
    worstDelay: Math.max(...delays),
  }
}

/** A level of its own for each account, noise that remembers yesterday, and for some a slide of 55 points in 30 days. */
function population(seed: number): Account[] {
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

/** The yardstick: a post whenever the shown score lies in another band than the day before. */
function plainPosts(series: readonly number[]): Posts {
  const bandOf = (score = 0) => [40, 70].filter(line => Math.round(score) >= line).length
  const days = [...series.keys()].filter(day => day > 0 && bandOf(series[day]) !== bandOf(series[day - 1]))
  return { days, warnings: days.filter(day => bandOf(series[day]) === 0) }
}

/** A post for every alert that opens. */
function ourPosts(model: Model, series: readonly number[]): Posts {
  const days: number[] = []
  const account = accountOf(series)
  let past: Past = { earlier: [], alerts: [] }
  for (const day of series.keys()) {
    const at = START + day * DAY
    const { health, standing, alerts, expansionHeld } = judge(model, account, past, at)
    const shown = health.now.score?.shown
    const scoring = { ...(shown !== undefined && { shown }), hasSharpDrop: standing.hasSharpDrop, expansionHeld }
    const opened = alerts.open.map(kind => ({ id: kind, kind, state: 'open' as const, openedAt: at, reason: '' }))
    const kept = past.alerts.filter(({ kind }) => !alerts.resolve.includes(kind))
    past = { told: standing, earlier: [scoring, ...past.earlier].slice(0, 5), alerts: [...kept, ...opened] }
    if (opened.length > 0) days.push(day)
  }
  return { days, warnings: days }
}

/** An account whose only signal is its score of each day. */
function accountOf(series: readonly number[]) {
  const summary = ({ until }: { readonly until: number }) => {
    const value = series[Math.floor((until - START) / DAY)]
    if (value === undefined) return EMPTY
    return { count: 1, sum: value, min: value, max: value, newestAt: until, newestValue: value }
  }
  return { attribute: () => undefined, history: { summary, firstAt: () => START, newestAt: () => undefined } }
}

function randomOf(seed: number): () => number {
  const generator = xoroshiro128plus(seed)
  return () => 1 - uniformFloat64(generator)
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random())
}

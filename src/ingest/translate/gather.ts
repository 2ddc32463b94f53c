import { DAY, type Duration, type Instant } from '../../domain/time/instant.ts'
import { BotError } from '../../errors.ts'

type Take = 'count' | 'sum' | 'mean' | 'min' | 'max' | 'latest' | 'distinct'

export type GatherOptions = {
  readonly take: Take
  /** Of `distinct`: how far back it counts. */
  readonly over?: Duration | undefined
  /** The value of a day, or of an account, without a row. */
  readonly whenNone?: number | undefined
  readonly fileDay: Instant
  /** One value for the whole file, at its day; else one a day. */
  readonly isOfFile: boolean
}

/** A value of a day, counted from 1970. */
export type Gathered = {
  readonly account: string
  readonly metric: string
  readonly day: number
  readonly value: number
}

/** Makes one signal of several rows: of an account, a metric and a day. */
export type Gathering = {
  add(account: string, metric: string, at: Instant, value: number, what: string): void
  /** The account is in the file, even if none of its rows count. */
  know(account: string, metric: string, at: Instant): void
  /** Why nothing can be made of the rows, if it cannot; known at the end. */
  remark(): string | undefined
  end(): Iterable<Gathered>
}

/** Days and things to count that are held in memory at once. */
const MOST_HELD = 4_000_000

type Held = { count: number; sum: number; min: number; max: number; latest: number; at: Instant; whats?: Set<string> }

export function gather(options: GatherOptions): Gathering {
  const { take, fileDay, isOfFile, over = DAY, whenNone } = options
  const series = new Map<string, { account: string; metric: string; days: Map<number, Held> }>()
  const back = Math.max(1, Math.round(over / DAY))
  let [held, first, last, added] = [0, Infinity, -Infinity, 0]

  function seriesOf(account: string, metric: string) {
    const key = `${account}\0${metric}`
    const known = series.get(key)
    if (known !== undefined) return known
    const made = { account, metric, days: new Map<number, Held>() }
    series.set(key, made)
    return made
  }

  function dayOf(at: Instant): number {
    const day = Math.floor((isOfFile ? fileDay : at) / DAY)
    first = Math.min(first, day)
    last = Math.max(last, day)
    return day
  }

  return {
    know(account, metric, at) {
      const { days } = seriesOf(account, metric)
      const day = dayOf(at)
      if (!days.has(day)) days.set(day, { count: 0, sum: 0, min: 0, max: 0, latest: 0, at: -Infinity })
    },
    add(account, metric, at, value, what) {
      added += 1
      const { days } = seriesOf(account, metric)
      const day = dayOf(at)
      let entry = days.get(day)
      if (entry === undefined) {
        entry = { count: 0, sum: 0, min: 0, max: 0, latest: 0, at: -Infinity }
        days.set(day, entry)
        held += 1
      }
      entry.min = entry.count === 0 ? value : Math.min(entry.min, value)
      entry.max = entry.count === 0 ? value : Math.max(entry.max, value)
      entry.count += 1
      entry.sum += value
      if (at >= entry.at) {
        entry.at = at
        entry.latest = value
      }
      if (take === 'distinct') {
        entry.whats ??= new Set()
        held -= entry.whats.size
        entry.whats.add(what)
        held += entry.whats.size
      }
      if (held > MOST_HELD) {
        throw new BotError(
          'too_large',
          'The file has too many days and accounts to count at once.',
          'Split it by month.',
        )
      }
    },
    remark() {
      const days = last - first + 1
      if (added === 0 || take !== 'distinct' || isOfFile || days >= back) return undefined
      return `The file covers ${days === 1 ? '1 day' : `${days} days`}; counting over ${back} days needs as many, so nothing was counted.`
    },
    *end() {
      // Where nobody logs in, logins are not recorded.
      if (added === 0 && !isOfFile) return
      for (const { account, metric, days } of series.values()) {
        const from = Math.min(...days.keys())
        const to = isOfFile ? from : last
        for (let day = from; day <= to; day += 1) {
          // A window that begins before the file does would be short.
          if (take === 'distinct' && day - back + 1 < first && back > 1 && !isOfFile) continue
          const value = take === 'distinct' ? distinct(days, day, isOfFile ? 1 : back) : taken(days.get(day), take)
          const known = value ?? whenNone ?? (take === 'distinct' && back > 1 ? 0 : undefined)
          if (known !== undefined) yield { account, metric, day, value: known }
        }
      }
    },
  }
}

function taken(held: Held | undefined, take: Exclude<Take, 'distinct'>): number | undefined {
  if (held === undefined || held.count === 0) return undefined
  if (take === 'mean') return Number((held.sum / held.count).toPrecision(15))
  return take === 'sum' ? Number(held.sum.toPrecision(15)) : held[take]
}

function distinct(days: ReadonlyMap<number, Held>, day: number, back: number): number | undefined {
  const whats = new Set<string>()
  for (let at = day - back + 1; at <= day; at += 1) for (const what of days.get(at)?.whats ?? []) whats.add(what)
  return whats.size === 0 ? undefined : whats.size
}

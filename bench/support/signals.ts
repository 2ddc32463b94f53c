import { DAY, type Instant } from '../../src/domain/time/instant.ts'
import { weekOf } from '../../src/store/engine/signals/week.ts'
import type { NewSignal } from '../../src/store/sources/signals.ts'
import { dice } from './dice.ts'
import type { Size } from './size.ts'

/** The morning on which benches score. */
export const MORNING: Instant = Date.UTC(2026, 10, 1, 6)

/** Days between two signals of each metric. */
const EVERY: readonly (readonly [metric: string, days: number])[] = [
  ['active_users', 1.5],
  ['csat', 10],
  ['csm_pulse', 30],
  ['key_feature_uses', 3],
  ['logins', 1.5],
  ['nps', 30],
  ['seats', 30],
  ['tickets_opened', 7],
]

/**
 * Signals before the morning, week by week in the order of the store's key, none at the same second as its neighbor:
 * repeated times flatter a cache. Account keys count from 1.
 */
export function* signalsByWeek(size: Size, until: Instant = MORNING): Generator<NewSignal[]> {
  for (let week = weekOf(until - size.days * DAY); week <= weekOf(until); week += 1) {
    const signals: NewSignal[] = []
    for (let account = 1; account <= size.accounts; account += 1) {
      for (const [metric, days] of EVERY.entries()) addWeek(signals, { account, metric, week, size, until }, days[1])
    }
    yield signals
  }
}

type Place = {
  readonly account: number
  readonly metric: number
  readonly week: number
  readonly size: Size
  readonly until: Instant
}

/** One signal at some second of each stretch of so many days. */
function addWeek(signals: NewSignal[], { account, metric, week, size, until }: Place, days: number): void {
  const stretch = days * size.spacing * DAY
  const last = Math.floor((size.days * DAY - 1) / stretch)
  const [newest, oldest] = [until - (week + 1) * 7 * DAY, until - week * 7 * DAY].map(before => before / stretch)
  const name = EVERY[metric]?.[0] ?? ''
  for (let at = Math.min(last, Math.ceil(oldest ?? 0)); at >= Math.max(0, Math.floor(newest ?? 0) - 1); at -= 1) {
    const observedAt = Math.floor((until - (at + dice(account, metric, at)) * stretch) / 1_000) * 1_000
    if (weekOf(observedAt) !== week) continue
    const value = readingOn(name, account, (until - observedAt) / DAY, dice(account, metric + 100, at))
    signals.push({ account, metric: name, value, observedAt, receivedAt: observedAt, id: '', source: 'bench' })
  }
}

/** Accounts from bad to good; one in twenty loses most of its use in the last forty days; one in ten uses most of its seats. */
function readingOn(metric: string, account: number, daysAgo: number, noise: number): number {
  const falls = dice(account, 999) < 0.05 ? Math.max(0, 1 - daysAgo / 40) : 0
  const level = (account % 10) * (1 - 0.8 * falls)
  switch (metric) {
    case 'seats':
      return 40
    case 'nps':
    case 'csat':
    case 'csm_pulse':
      return 1 + Math.min(4, Math.floor(level / 2))
    case 'tickets_opened':
      return Math.round(9 - level)
    default:
      return Math.round(4 * level + 3 * noise)
  }
}

import type { History } from '../../domain/scoring/window.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Connection } from '../engine/sqlite/database.ts'
import { weekOf } from '../engine/sqlite/week.ts'

/** When each metric was first observed of any account, among what had been received by `knownAt`; asked for once each. */
export function connections({ sqlite }: Connection, knownAt: Instant = Infinity): History['connectedAt'] {
  const keyOf = sqlite.prepare<[string], number>('SELECT key FROM metrics WHERE name = ?').pluck()
  const firstOf = sqlite.prepare<[number], Instant | null>('SELECT min(first_at) FROM series WHERE metric = ?').pluck()
  const known = new Map<string, Instant | undefined>()

  return metric => {
    if (!known.has(metric)) known.set(metric, firstKnown(keyOf.get(metric)))
    return known.get(metric)
  }

  function firstKnown(metric: number | undefined): Instant | undefined {
    const first = metric === undefined ? undefined : firstOf.get(metric)
    if (metric === undefined || first == null) return undefined
    return knownAt === Infinity ? first : firstReceived(metric, weekOf(first))
  }

  /** Week by week, since most was received when it was observed: the first week nearly always has it. */
  function firstReceived(metric: number, from: number): Instant | undefined {
    const last = sqlite.prepare<[], number>('SELECT max(week) FROM signals').pluck().get() ?? from
    const ofWeek = sqlite
      .prepare<[number, number, Instant], Instant | null>(
        'SELECT min(observed_at) FROM signals WHERE week = ? AND metric = ? AND received_at <= ?',
      )
      .pluck()
    let newest: Instant = Infinity
    for (let week = from; week <= last && newest === Infinity; week += 1) {
      newest = ofWeek.get(week, metric, knownAt) ?? Infinity
    }
    const corrected = sqlite
      .prepare<[number, Instant], Instant | null>(
        'SELECT min(observed_at) FROM signal_versions WHERE metric = ? AND received_at <= ?',
      )
      .pluck()
      .get(metric, knownAt)
    const first = Math.min(newest, corrected ?? Infinity)
    return first === Infinity ? undefined : first
  }
}

import type { Instant } from '../time/instant.ts'

/** One observation about one account. */
export type Signal = {
  readonly metric: string
  readonly value: number
  readonly observedAt: Instant
  readonly receivedAt: Instant
  /** Tells apart what was observed at the same instant; empty if missing. */
  readonly id: string
  readonly source?: string
}

/** What was observed, and not when that was learned. */
export type ObservedSignal = Pick<Signal, 'metric' | 'value' | 'observedAt' | 'id'>

/**
 * What counts as of `asOf`, as known at `knownAt`: of each identity (metric, observed_at, id) the version recorded
 * last, and nothing that was observed or received later. They come in the order in which they were recorded, and are
 * given in order of time, then id.
 */
export function signalsAsOf(signals: readonly Signal[], asOf: Instant, knownAt: Instant = Infinity): Signal[] {
  const current = new Map<string, Signal>()
  for (const signal of signals) {
    if (signal.observedAt > asOf || signal.receivedAt > knownAt) continue
    const identity = JSON.stringify([signal.metric, signal.observedAt, signal.id])
    current.set(identity, signal)
  }
  return [...current.values()].sort(inOrderOfTime)
}

function inOrderOfTime(a: Signal, b: Signal): number {
  return a.observedAt - b.observedAt || compareText(a.id, b.id)
}

/** By code points, as the database compares. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  const [left, right] = [[...a], [...b]]
  const at = left.findIndex((character, index) => character !== right[index])
  if (at === -1) return -1
  const [x, y] = [left[at], right[at]]
  if (y === undefined) return 1
  return (x?.codePointAt(0) ?? 0) - (y.codePointAt(0) ?? 0)
}

import type { NewSignal } from '../engine/engine.ts'
import { weekOf } from '../engine/week.ts'

/** Sorted as they will lie in the database: writing them so is several times faster. */
export function inKeyOrder<T extends NewSignal>(signals: readonly T[]): T[] {
  return signals
    .map(signal => ({ week: weekOf(signal.observedAt), signal }))
    .sort((a, b) => a.week - b.week || inOrderOfSeries(a.signal, b.signal))
    .map(({ signal }) => signal)
}

function inOrderOfSeries(a: NewSignal, b: NewSignal): number {
  return a.account - b.account || compare(a.metric, b.metric) || a.observedAt - b.observedAt || compare(a.id, b.id)
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

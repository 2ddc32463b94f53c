import type { Counts } from './engine/engine.ts'

/** Adds the counts of more rows. */
export function addCounts(total: Record<keyof Counts, number>, more: Counts): void {
  for (const outcome of ['added', 'changed', 'unchanged'] as const) total[outcome] += more[outcome]
}

import type { History } from '../../domain/scoring/readings/window.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { connections } from '../scoring/metric-connections.ts'
import type { Db } from '../tables.ts'

/**
 * When each metric was first observed, as known at each of these instants. Knowledge only grows: between two instants
 * with the same answer, none need be asked for.
 */
export async function connectionsAt(
  db: Db,
  instants: readonly Instant[],
): Promise<(knownAt: Instant) => History['connectedAt']> {
  const metrics = await db.selectFrom('metrics').select('name').execute()
  const sorted = [...new Set([...instants, Infinity])].sort((a, b) => a - b)
  const found: History['connectedAt'][] = []
  const known = async (at: number) => {
    const connectedAt = found[at] ?? (await connections(db, sorted[at]))
    found[at] = connectedAt
    return connectedAt
  }
  const fill = async (from: number, to: number): Promise<void> => {
    const [first, last] = [await known(from), await known(to)]
    if (to - from < 2) return
    if (metrics.every(({ name }) => first(name) === last(name))) {
      for (let at = from + 1; at < to; at += 1) found[at] = first
      return
    }
    const middle = Math.floor((from + to) / 2)
    await fill(from, middle)
    await fill(middle, to)
  }
  await fill(0, sorted.length - 1)
  const byInstant = new Map(sorted.map((instant, at) => [instant, found[at]]))
  return knownAt => byInstant.get(knownAt) ?? (() => undefined)
}

import type { Instant } from '../../time/instant.ts'
import { gatherSignals, inColumns } from './gathering.ts'
import type { History } from './window.ts'

/** The key of a metric; when it was observed; its value; the rank of its id, as src/domain/sources/signal-tie.ts orders them. */
export type ObservedRow = readonly [metric: number, at: Instant, value: number, rank: number]

/** The history that rows make which come, of each metric, in order of time and then of their ids; `keys` are those of metrics, by name. */
export function historyInOrder(
  rows: readonly ObservedRow[],
  keys: ReadonlyMap<string, number>,
  { connectedAt, earliest }: Pick<History, 'connectedAt' | 'earliest'>,
): History {
  const gathering = gatherSignals(rows.length)
  const places = new Map<number, number>()
  const firsts: Instant[] = []
  for (const [metric, at, value, rank] of rows) {
    let place = places.get(metric)
    if (place === undefined) {
      place = firsts.push(at) - 1
      places.set(metric, place)
    }
    gathering.add(place, at, value, rank)
  }
  const seriesOf = (metric: string) => places.get(keys.get(metric) ?? -1)
  return {
    columns: inColumns(firsts.length, [gathering]),
    seriesOf,
    firstAt: metric => firsts[seriesOf(metric) ?? -1],
    connectedAt,
    earliest,
  }
}

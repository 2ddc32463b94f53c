import { openPlaceStore, type Place, type PlaceGroup, type PlaceStore } from '../engine/engines.ts'
import type { Places } from '../engine/signals/batch-order.ts'
import type { SignalBatch } from '../engine/signals/signal-batch.ts'
import { WEEK } from '../engine/signals/week.ts'
import { placeTable } from './place-table.ts'

/** The places of signals: what tells rows without an id apart. */
export type SignalPlaces = Pick<SignalBatch, 'account' | 'metric' | 'week' | 'time'>

/** Numbers rows in the order in which they come, from 1, among those with the same account, metric and time. */
export type Occurrences = { count(batch: SignalPlaces, rows: Places): Uint32Array; close(): void }

/** Places that are kept in memory, which takes 48 MB; later ones are kept on disk. */
const MOST_IN_MEMORY = 1_500_000

/** Counts any number of places in limited memory. */
export function openOccurrences(most = MOST_IN_MEMORY): Occurrences {
  const table = placeTable()
  let store: PlaceStore | undefined
  const countOnDisk = (disk: PlaceStore, places: readonly Place[]) => {
    const groups = groupsIn(places)
    const before = disk.add(groups)
    const counts = new Array<number>(places.length)
    for (const [at, { members }] of groups.entries()) {
      members.forEach((index, position) => {
        counts[index] = (before[at] ?? 0) + position + 1
      })
    }
    return counts
  }
  return {
    count(batch, rows) {
      const counts = new Uint32Array(rows.length)
      const others: number[] = []
      for (let at = 0; at < rows.length; at += 1) {
        const row = rows[at] ?? 0
        const account = batch.account[row] ?? 0
        const metric = batch.metric[row] ?? 0
        const observedAt = (batch.week[row] ?? 0) * WEEK + (batch.time[row] ?? 0)
        const isFull = table.size >= most
        const count = isFull ? table.addKnown(account, metric, observedAt) : table.add(account, metric, observedAt)
        if (count === undefined) others.push(at)
        else counts[at] = count
      }
      if (others.length === 0) return counts
      store ??= openPlaceStore()
      const onDisk = countOnDisk(
        store,
        others.map(at => placeOf(batch, rows[at] ?? 0)),
      )
      for (const [at, place] of others.entries()) counts[place] = onDisk[at] ?? 1
      return counts
    },
    close: () => store?.close(),
  }
}

function placeOf({ account, metric, week, time }: SignalPlaces, row: number): Place {
  const observedAt = (week[row] ?? 0) * WEEK + (time[row] ?? 0)
  return { account: account[row] ?? 0, metric: metric[row] ?? 0, observedAt }
}

function compare(a: Place, b: Place): number {
  return a.account - b.account || a.metric - b.metric || a.observedAt - b.observedAt
}

/** Groups in the order on disk, their members in the order in which they came. */
function groupsIn(places: readonly Place[]): PlaceGroup[] {
  const groups: PlaceGroup[] = []
  for (const [index, place] of [...places.entries()].sort(([, a], [, b]) => compare(a, b))) {
    const last = groups.at(-1)
    if (last !== undefined && compare(last.place, place) === 0) last.members.push(index)
    else groups.push({ place, members: [index] })
  }
  return groups
}

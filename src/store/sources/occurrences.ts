import { openPlaceStore, type Place, type PlaceGroup, type PlaceStore } from '../engine/engines.ts'
import { placeTable } from './place-table.ts'

export type { Place } from '../engine/engines.ts'

/** Says of places, in the order in which they come, the how manieth row of the same place each is, from 1. */
export type Occurrences = { count(places: readonly Place[]): number[]; close(): void }

/** Places that are kept in memory, 48 MB of it; what comes after them is kept on the disk. */
const MOST_IN_MEMORY = 1_500_000

/** For as many as there are: the memory that it takes has a limit. */
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
    count(places) {
      const counts = new Array<number>(places.length).fill(0)
      const others: number[] = []
      places.forEach(({ account, metric, observedAt }, at) => {
        const isFull = table.size >= most
        const count = isFull ? table.addKnown(account, metric, observedAt) : table.add(account, metric, observedAt)
        if (count === undefined) others.push(at)
        else counts[at] = count
      })
      if (others.length === 0) return counts
      store ??= openPlaceStore()
      const onDisk = countOnDisk(
        store,
        others.flatMap(at => places[at] ?? []),
      )
      for (const [at, place] of others.entries()) counts[place] = onDisk[at] ?? 1
      return counts
    },
    close: () => store?.close(),
  }
}

function compare(a: Place, b: Place): number {
  return a.account - b.account || a.metric - b.metric || a.observedAt - b.observedAt
}

/** In the order in which they lie on the disk; the members of each in the order in which they came. */
function groupsIn(places: readonly Place[]): PlaceGroup[] {
  const groups: PlaceGroup[] = []
  for (const [index, place] of [...places.entries()].sort(([, a], [, b]) => compare(a, b))) {
    const last = groups.at(-1)
    if (last !== undefined && compare(last.place, place) === 0) last.members.push(index)
    else groups.push({ place, members: [index] })
  }
  return groups
}

import type { Instant } from '../../domain/time/instant.ts'
import { openScratch } from '../engine/sqlite/scratch.ts'
import { placeTable } from './place-table.ts'

/** Where a row without an id stands; account and metric by any small integers. */
export type Place = { readonly account: number; readonly metric: number; readonly observedAt: Instant }

/** Says of places, in the order in which they come, the how manieth row of the same place each is, from 1. */
export type Occurrences = { count(places: readonly Place[]): number[]; close(): void }

/** Places that are kept in memory, 48 MB of it; what comes after them is kept on the disk. */
const MOST_IN_MEMORY = 1_500_000

/** For as many as there are: the memory that it takes has a limit. */
export function openOccurrences(most = MOST_IN_MEMORY): Occurrences {
  const table = placeTable()
  let store: ReturnType<typeof openStore> | undefined
  const countOnDisk = (disk: ReturnType<typeof openStore>, places: readonly Place[]) => {
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
      store ??= openStore()
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

type Group = { readonly place: Place; readonly members: number[] }

/** In the order in which they lie on the disk; the members of each in the order in which they came. */
function groupsIn(places: readonly Place[]): Group[] {
  const groups: Group[] = []
  for (const [index, place] of [...places.entries()].sort(([, a], [, b]) => compare(a, b))) {
    const last = groups.at(-1)
    if (last !== undefined && compare(last.place, place) === 0) last.members.push(index)
    else groups.push({ place, members: [index] })
  }
  return groups
}

/** Rows that one statement writes. */
const CHUNK = 50

function openStore() {
  const sqlite = openScratch(`create table occurrences (
    account integer, metric integer, observed_at integer, count integer, batch integer,
    primary key (account, metric, observed_at)) without rowid`)
  const one = '(?, ?, ?, ?, ?)'
  const many = Array.from({ length: CHUNK }, () => one).join()
  const insertMany = sqlite.prepare(`insert into occurrences values ${many} on conflict do nothing`)
  const insert = sqlite.prepare(`insert into occurrences values ${one} on conflict do nothing`)
  const place = 'account = ? and metric = ? and observed_at = ?'
  const find = sqlite
    .prepare<unknown[], [count: number, batch: number]>(`select count, batch from occurrences where ${place}`)
    .raw()
  const update = sqlite.prepare(`update occurrences set count = ?, batch = ? where ${place}`)
  const cells = new Array<number>(CHUNK * 5)
  let batch = 0

  /** How many rows of each place came in earlier batches. */
  function add(groups: readonly Group[]): number[] {
    batch += 1
    const before: number[] = []
    for (let start = 0; start < groups.length; start += CHUNK) {
      const chunk = groups.slice(start, start + CHUNK)
      const isNew = chunk.length === CHUNK && insertMany.run(filled(chunk)).changes === CHUNK
      for (const group of chunk) before.push(isNew ? 0 : addOne(group))
    }
    return before
  }

  function filled(chunk: readonly Group[]): number[] {
    let at = 0
    for (const { place, members } of chunk) {
      cells[at++] = place.account
      cells[at++] = place.metric
      cells[at++] = place.observedAt
      cells[at++] = members.length
      cells[at++] = batch
    }
    return cells
  }

  function addOne({ place: { account, metric, observedAt }, members }: Group): number {
    if (insert.run(account, metric, observedAt, members.length, batch).changes === 1) return 0
    const [count, knownBatch] = find.get(account, metric, observedAt) ?? [0, batch]
    // It came in with the statement that wrote many.
    if (knownBatch === batch) return 0
    update.run(count + members.length, batch, account, metric, observedAt)
    return count
  }

  return { add, close: () => sqlite.close() }
}

import type { Instant } from '../domain/instant.ts'
import { openScratch } from './scratch.ts'

/** Where a row without an id stands; account and metric by any small integers. */
export type Place = { readonly account: number; readonly metric: number; readonly observedAt: Instant }

/** Says of places, in the order in which they come, the how manieth row of the same place each is, from 1. */
export type Occurrences = { count(places: readonly Place[]): number[]; close(): void }

/** For as many as fit into memory. */
export function occurrencesInMemory(): Occurrences {
  const counts = new Map<string, number>()
  return {
    count: places =>
      places.map(({ account, metric, observedAt }) => {
        const place = `${account} ${metric} ${observedAt}`
        const count = (counts.get(place) ?? 0) + 1
        counts.set(place, count)
        return count
      }),
    close: () => {},
  }
}

/** For as many as there are: the memory it takes does not grow with them. */
export function occurrencesOnDisk(): Occurrences {
  const store = openStore()
  return {
    count(places) {
      const order = [...places.keys()].sort((a, b) => compare(places[a], places[b]) || a - b)
      const groups = groupsIn(places, order)
      const before = store.add(groups)
      const counts = new Array<number>(places.length)
      for (const [at, { members }] of groups.entries()) {
        members.forEach((index, position) => {
          counts[index] = (before[at] ?? 0) + position + 1
        })
      }
      return counts
    },
    close: store.close,
  }
}

function compare(a: Place | undefined, b: Place | undefined): number {
  if (a === undefined || b === undefined) return 0
  return a.account - b.account || a.metric - b.metric || a.observedAt - b.observedAt
}

type Group = { readonly place: Place; readonly members: number[] }

function groupsIn(places: readonly Place[], order: readonly number[]): Group[] {
  const groups: Group[] = []
  for (const index of order) {
    const [place, last] = [places[index], groups.at(-1)]
    if (place === undefined) continue
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

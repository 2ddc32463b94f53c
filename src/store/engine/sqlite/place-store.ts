import type { Instant } from '../../../domain/time/instant.ts'
import { openScratch } from '../scratch.ts'

/** What tells rows without an id apart; account and metric are any small integers. */
export type Place = { readonly account: number; readonly metric: number; readonly observedAt: Instant }

/** The rows of one place, in the order in which they came. */
export type PlaceGroup = { readonly place: Place; readonly members: number[] }

export type PlaceStore = ReturnType<typeof openPlaceStore>

/** Rows that one statement writes. */
const CHUNK = 50

/** Counts how often each place came, on disk: there may be more places than fit into memory. */
export function openPlaceStore() {
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
  function add(groups: readonly PlaceGroup[]): number[] {
    batch += 1
    const before: number[] = []
    for (let start = 0; start < groups.length; start += CHUNK) {
      const chunk = groups.slice(start, start + CHUNK)
      const isNew = chunk.length === CHUNK && insertMany.run(filled(chunk)).changes === CHUNK
      for (const group of chunk) before.push(isNew ? 0 : addOne(group))
    }
    return before
  }

  function filled(chunk: readonly PlaceGroup[]): number[] {
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

  function addOne({ place: { account, metric, observedAt }, members }: PlaceGroup): number {
    if (insert.run(account, metric, observedAt, members.length, batch).changes === 1) return 0
    const [count, knownBatch] = find.get(account, metric, observedAt) ?? [0, batch]
    // It was inserted by the statement that writes many.
    if (knownBatch === batch) return 0
    update.run(count + members.length, batch, account, metric, observedAt)
    return count
  }

  return { add, close: () => sqlite.close() }
}

import { openScratch } from '../scratch.ts'
import type { LaterRows } from './add-rows.ts'
import type { SignalRow } from './signal-row.ts'
import { CHUNK } from './signal-statements.ts'

/** Corrections of a file, in as much memory for many as for few; opened when the first one comes. */
export function openLaterRows(): LaterRows & { inKeyOrder(): Iterable<SignalRow>; close(): void } {
  let store: ReturnType<typeof openStore> | undefined
  return {
    get isEmpty() {
      return store === undefined
    },
    includesAny: rows => store?.includesAny(rows) ?? false,
    put(row) {
      store ??= openStore()
      return store.put(row)
    },
    inKeyOrder: () => store?.inKeyOrder() ?? [],
    close: () => store?.close(),
  }
}

function openStore() {
  const sqlite = openScratch(`create table corrections (
    week integer, account integer, metric integer, time_in_week integer, id text,
    value real, delay integer, source integer,
    primary key (week, account, metric, time_in_week, id)) without rowid`)
  const identity = 'week = ? and account = ? and metric = ? and time_in_week = ? and id = ?'
  const put = sqlite.prepare('insert or replace into corrections values (?, ?, ?, ?, ?, ?, ?, ?)')
  const find = sqlite.prepare<unknown[], number>(`select 1 from corrections where ${identity}`).pluck()
  const many = Array.from({ length: CHUNK }, () => '(?, ?, ?, ?, ?)').join()
  const findAny = sqlite
    .prepare<unknown[], number>(
      `select 1 from (values ${many}) cross join corrections on week = column1 and account = column2
        and metric = column3 and time_in_week = column4 and id = column5 limit 1`,
    )
    .pluck()
  const identityOf = ({ week, account, metric, time, id }: SignalRow) => [week, account, metric, time, id]
  const isThere = (row: SignalRow) => find.get(...identityOf(row)) !== undefined
  return {
    includesAny(rows: readonly SignalRow[]) {
      return rows.length === CHUNK ? findAny.get(rows.flatMap(identityOf)) !== undefined : rows.some(isThere)
    },
    put(row: SignalRow) {
      const isNew = !isThere(row)
      put.run(...identityOf(row), row.value, row.delay, row.source)
      return isNew
    },
    inKeyOrder: () =>
      sqlite
        .prepare<[], SignalRow>(
          `select week, account, metric, time_in_week as time, id, value, delay, source
            from corrections order by week, account, metric, time_in_week, id`,
        )
        .iterate(),
    close: () => sqlite.close(),
  }
}

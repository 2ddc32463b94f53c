import { openScratch } from '../scratch.ts'
import type { SignalRow } from './signal-row.ts'
import type { WaitingRows } from './write-options.ts'

type WaitingCorrections = WaitingRows & {
  /** The next ones, in key order; undefined when none are left. */
  take(most: number): readonly SignalRow[] | undefined
  /** What was put until now survives `takeBack`. */
  keep(): void
  /** Forgets what was put since `keep`, for a transaction that starts over. */
  takeBack(): void
  close(): void
}

/**
 * Keeps the corrections of a file, in the same memory for many as for few. The scratch database is opened for the first
 * one.
 */
export function openWaitingCorrections(): WaitingCorrections {
  let store: ReturnType<typeof openStore> | undefined
  let waiting: Iterator<SignalRow> | undefined
  return {
    get isEmpty() {
      return store === undefined
    },
    includes: row => store?.includes(row) ?? false,
    put(row) {
      store ??= openStore()
      return store.put(row)
    },
    take(most) {
      waiting ??= store?.inKeyOrder()
      const rows: SignalRow[] = []
      while (rows.length < most) {
        const next = waiting?.next()
        if (next === undefined || next.done) break
        rows.push(next.value)
      }
      return rows.length === 0 ? undefined : rows
    },
    keep: () => store?.keep(),
    takeBack: () => store?.takeBack(),
    close: () => store?.close(),
  }
}

function openStore() {
  const sqlite = openScratch(
    `create table corrections (
      week integer, account integer, metric integer, time_in_week integer, id text,
      value real, delay integer, source integer,
      primary key (week, account, metric, time_in_week, id)) without rowid`,
    'memory',
  )
  sqlite.exec('savepoint kept')
  const identity = 'week = ? and account = ? and metric = ? and time_in_week = ? and id = ?'
  const put = sqlite.prepare('insert or replace into corrections values (?, ?, ?, ?, ?, ?, ?, ?)')
  const find = sqlite.prepare<unknown[], number>(`select 1 from corrections where ${identity}`).pluck()
  const identityOf = ({ week, account, metric, time, id }: SignalRow) => [week, account, metric, time, id]
  const includes = (row: SignalRow) => find.get(...identityOf(row)) !== undefined
  return {
    includes,
    put(row: SignalRow) {
      const isNew = !includes(row)
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
    keep: () => sqlite.exec('release kept; savepoint kept'),
    takeBack: () => sqlite.exec('rollback to kept'),
    close: () => sqlite.close(),
  }
}

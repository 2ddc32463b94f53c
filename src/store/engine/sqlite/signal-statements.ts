import type Sqlite from 'better-sqlite3'
import type { Duration, Instant } from '../../../domain/time/instant.ts'
import { OBSERVED_AT, RECEIVED_AT } from '../signal-times.ts'

/** What an identity was said to be, by whom and how long after it was observed we learned it. */
type Version = { readonly value: number; readonly delay: Duration; readonly source: number }

/** A signal as it lies in the database; `time` is that within its week. */
export type SignalRow = Version & {
  readonly week: number
  readonly account: number
  readonly metric: number
  readonly time: Duration
  readonly id: string
}

/** Rows that one statement writes: half as fast again as one by one when they are sorted. */
export const CHUNK = 25

export type Statements = ReturnType<typeof prepare>

const prepared = new WeakMap<Sqlite.Database, Statements>()

/** The statements of a connection, prepared once. */
export function statementsOf(sqlite: Sqlite.Database): Statements {
  const statements = prepared.get(sqlite) ?? prepare(sqlite)
  prepared.set(sqlite, statements)
  return statements
}

type Identity = [week: number, account: number, metric: number, time: Duration, id: string]
type VersionCells = [value: number, delay: Duration, source: number]

function prepare(sqlite: Sqlite.Database) {
  const into = 'insert into signals (week, account, metric, time_in_week, id, value, delay, source) values'
  const one = '(?, ?, ?, ?, ?, ?, ?, ?)'
  const many = Array.from({ length: CHUNK }, () => one).join()
  const identity = 'week = ? and account = ? and metric = ? and time_in_week = ? and id = ?'
  return {
    cells: new Array<string | number>(CHUNK * 8),
    insertMany: sqlite.prepare(`${into} ${many} on conflict do nothing`),
    /** How many of the rows say what is known; learned by then, where that counts. */
    countKnown: sqlite
      .prepare<unknown[], number>(
        `select count(*) from (values ${many}) cross join signals on week = column1 and account = column2
          and metric = column3 and time_in_week = column4 and id = column5 and value = column6
          and delay <= max(column7, ?)`,
      )
      .pluck(),
    insert: sqlite.prepare<[...Identity, ...VersionCells]>(`${into} ${one} on conflict do nothing`),
    current: sqlite.prepare<Identity, Version>(`select value, delay, source from signals where ${identity}`),
    replace: sqlite.prepare<[...VersionCells, ...Identity]>(
      `update signals set value = ?, delay = ?, source = ? where ${identity}`,
    ),
    /** The current version becomes the last of the earlier ones. */
    keepCurrent: sqlite.prepare<Identity>(
      `insert into signal_versions (account, metric, observed_at, id, version, value, received_at, source)
        select account, metric, ${OBSERVED_AT}, id, coalesce((select max(version) from signal_versions v
          where v.account = signals.account and v.metric = signals.metric and v.observed_at = ${OBSERVED_AT}
            and v.id = signals.id), 0) + 1,
          value, ${RECEIVED_AT}, source
        from signals where ${identity}`,
    ),
    noteSeries: sqlite.prepare<[account: number, metric: number, first: Instant, newest: Instant]>(
      `insert into series (account, metric, first_at, newest_at) values (?, ?, ?, ?)
        on conflict do update set first_at = min(first_at, excluded.first_at), newest_at = max(newest_at, excluded.newest_at)
          where excluded.first_at < first_at or excluded.newest_at > newest_at`,
    ),
    markDue: sqlite.prepare<[account: number]>(
      'insert into due_accounts (account, news) values (?, 1) on conflict do update set news = news + 1',
    ),
  }
}

/** Lays rows out for the statement that writes many. */
export function fill(cells: (string | number)[], rows: readonly SignalRow[]): void {
  let at = 0
  for (const { week, account, metric, time, id, value, delay, source } of rows) {
    cells[at++] = week
    cells[at++] = account
    cells[at++] = metric
    cells[at++] = time
    cells[at++] = id
    cells[at++] = value
    cells[at++] = delay
    cells[at++] = source
  }
}

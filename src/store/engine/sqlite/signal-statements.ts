import type Sqlite from 'better-sqlite3'
import type { Instant } from '../../../domain/time/instant.ts'

/** What an identity was said to be, by whom and when we learned it. */
type Version = { readonly value: number; readonly receivedAt: Instant; readonly source: number }

/** A signal as it lies in the database. */
export type SignalRow = Version & {
  readonly week: number
  readonly account: number
  readonly metric: number
  readonly observedAt: Instant
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

type Identity = [week: number, account: number, metric: number, observedAt: Instant, id: string]
type VersionCells = [value: number, receivedAt: Instant, source: number]

function prepare(sqlite: Sqlite.Database) {
  const into = 'insert into signals (week, account, metric, observed_at, id, value, received_at, source) values'
  const one = '(?, ?, ?, ?, ?, ?, ?, ?)'
  const many = Array.from({ length: CHUNK }, () => one).join()
  const identity = 'week = ? and account = ? and metric = ? and observed_at = ? and id = ?'
  return {
    cells: new Array<string | number>(CHUNK * 8),
    insertMany: sqlite.prepare(`${into} ${many} on conflict do nothing`),
    /** How many of the rows say what is known; learned by then, where that counts. */
    countKnown: sqlite
      .prepare<unknown[], number>(
        `select count(*) from (values ${many}) cross join signals on week = column1 and account = column2
          and metric = column3 and observed_at = column4 and id = column5 and value = column6
          and received_at <= max(column7, ?)`,
      )
      .pluck(),
    insert: sqlite.prepare<[...Identity, ...VersionCells]>(`${into} ${one} on conflict do nothing`),
    current: sqlite.prepare<Identity, Version>(
      `select value, received_at as receivedAt, source from signals where ${identity}`,
    ),
    replace: sqlite.prepare<[...VersionCells, ...Identity]>(
      `update signals set value = ?, received_at = ?, source = ? where ${identity}`,
    ),
    /** The current version becomes the last of the earlier ones. */
    keepCurrent: sqlite.prepare<Identity>(
      `insert into signal_versions (account, metric, observed_at, id, version, value, received_at, source)
        select s.account, s.metric, s.observed_at, s.id, coalesce((select max(version) from signal_versions v
          where v.account = s.account and v.metric = s.metric and v.observed_at = s.observed_at and v.id = s.id), 0) + 1,
          value, received_at, source
        from signals s where ${identity}`,
    ),
    noteFirst: sqlite.prepare<[account: number, metric: number, at: Instant]>(
      `insert into series (account, metric, first_at) values (?, ?, ?)
        on conflict do update set first_at = excluded.first_at where excluded.first_at < first_at`,
    ),
    markDue: sqlite.prepare<[account: number]>(
      'insert into due_accounts (account, news) values (?, 1) on conflict do update set news = news + 1',
    ),
  }
}

/** Lays rows out for the statement that writes many. */
export function fill(cells: (string | number)[], rows: readonly SignalRow[]): void {
  let at = 0
  for (const { week, account, metric, observedAt, id, value, receivedAt, source } of rows) {
    cells[at++] = week
    cells[at++] = account
    cells[at++] = metric
    cells[at++] = observedAt
    cells[at++] = id
    cells[at++] = value
    cells[at++] = receivedAt
    cells[at++] = source
  }
}

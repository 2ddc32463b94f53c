import type Sqlite from 'better-sqlite3'
import type { Instant } from '../domain/instant.ts'
import type { Signal } from '../domain/signal.ts'
import type { Version } from './signal-version.ts'

/** As it lies in the database; `lastWord` is the value that its identity has at the end of the batch. */
export type Row = Version &
  Omit<Signal, 'metric' | 'source'> & {
    readonly account: number
    readonly week: number
    readonly metric: number
    lastWord: number
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

type Identity = [account: number, metric: number, observedAt: Instant, id: string]
type VersionCells = [value: number, receivedAt: Instant, source: number]

function prepare(sqlite: Sqlite.Database) {
  const into = 'insert into signals (week, account, metric, observed_at, id, value, received_at, source) values'
  const one = '(?, ?, ?, ?, ?, ?, ?, ?)'
  const many = Array.from({ length: CHUNK }, () => one).join()
  const identity = 'account = ? and metric = ? and observed_at = ? and id = ?'
  const version = 'value, received_at as receivedAt, source'
  return {
    cells: new Array<string | number>(CHUNK * 8),
    insertMany: sqlite.prepare(`${into} ${many} on conflict do nothing`),
    countEqual: sqlite
      .prepare<unknown[], number>(
        `select count(*) from (values ${many}) cross join signals on week = column1 and account = column2
          and metric = column3 and observed_at = column4 and id = column5 and value = column6`,
      )
      .pluck(),
    insert: sqlite.prepare<[number, ...Identity, ...VersionCells]>(`${into} ${one} on conflict do nothing`),
    current: sqlite.prepare<[number, ...Identity], Version>(
      `select ${version} from signals where week = ? and ${identity}`,
    ),
    replace: sqlite.prepare<[...VersionCells, number, ...Identity]>(
      `update signals set value = ?, received_at = ?, source = ? where week = ? and ${identity}`,
    ),
    versions: sqlite.prepare<Identity, Version>(
      `select ${version} from signal_versions where ${identity} order by version`,
    ),
    keepVersion: sqlite.prepare<[...Identity, ...VersionCells]>(
      `insert into signal_versions (account, metric, observed_at, id, version, value, received_at, source)
        select a, m, t, i, coalesce((select max(version) from signal_versions
          where account = a and metric = m and observed_at = t and id = i), 0) + 1, v, r, s
        from (select ? as a, ? as m, ? as t, ? as i, ? as v, ? as r, ? as s)`,
    ),
    forgetVersions: sqlite.prepare<Identity>(`delete from signal_versions where ${identity}`),
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
export function fill(cells: (string | number)[], rows: readonly Row[]): void {
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

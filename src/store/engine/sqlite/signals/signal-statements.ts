import type Sqlite from 'better-sqlite3'
import type { Duration, Instant } from '../../../../domain/time/instant.ts'
import type { Version } from '../../signals/signal-row.ts'
import { OBSERVED_AT, RECEIVED_AT } from '../../signals/signal-times.ts'
import { INTO, prepareInserts } from './insert-rows.ts'
import { prepareKnownRows } from './known-rows.ts'

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
  const identity = 'week = ? and account = ? and metric = ? and time_in_week = ? and id = ?'
  return {
    ...prepareInserts(sqlite),
    markKnown: prepareKnownRows(sqlite),
    insert: sqlite.prepare<[...Identity, ...VersionCells]>(
      `${INTO} values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
    ),
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
    dropPack: sqlite.prepare<[week: number, block: number]>('delete from signal_packs where week = ? and block = ?'),
    noteSeries: byChunk(
      sqlite,
      4,
      rows => `insert into series (account, metric, first_at, newest_at) values ${rows}
        on conflict do update set
          first_at = min(first_at, excluded.first_at), newest_at = max(newest_at, excluded.newest_at)
          where excluded.first_at < first_at or excluded.newest_at > newest_at`,
    ),
    noteMetric: sqlite.prepare<[first: Instant, metric: number, first: Instant]>(
      'update metrics set first_at = ? where key = ? and (first_at is null or first_at > ?)',
    ),
    markDue: byChunk(
      sqlite,
      2,
      rows => `insert into due_accounts (account, news) values ${rows} on conflict do update set news = news + 1`,
    ),
  }
}

/** Rows that one statement writes. */
const CHUNK = 50

/** Fills in the cells of a row, beginning at `from`. */
type Fill = (cells: number[], from: number, row: number) => void

/** Writes rows of `width` cells, as many per statement as possible. */
function byChunk(sqlite: Sqlite.Database, width: number, sql: (rows: string) => string) {
  const one = `(${Array.from({ length: width }, () => '?').join()})`
  const single = sqlite.prepare<number[]>(sql(one))
  const many = sqlite.prepare<number[]>(sql(Array.from({ length: CHUNK }, () => one).join()))
  const [cell, cells]: [number[], number[]] = [[], []]
  return (count: number, fill: Fill) => {
    let row = 0
    for (; row + CHUNK <= count; row += CHUNK) {
      for (let at = 0; at < CHUNK; at += 1) fill(cells, at * width, row + at)
      many.run(...cells)
    }
    for (; row < count; row += 1) {
      fill(cell, 0, row)
      single.run(...cell)
    }
  }
}

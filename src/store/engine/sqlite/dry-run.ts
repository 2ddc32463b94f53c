import type Sqlite from 'better-sqlite3'
import { COPIED, EMPTY } from '../dry-run-tables.ts'
import { rowAt, type SignalColumns } from '../signals/signal-columns.ts'
import { WEEK } from '../signals/week.ts'
import { forgetKeys } from './signals/dictionaries.ts'

const underWay = new WeakMap<Sqlite.Database, (rows: SignalColumns) => void>()

/**
 * Until `end()`, this connection writes to temporary tables that hide the real ones, so that a dry run counts with the
 * real statements. There are too many signals to copy: each is fetched when a row needs it.
 */
export function startDryRun(sqlite: Sqlite.Database): { end(): Promise<void> } {
  forgetKeys(sqlite)
  for (const table of [...COPIED, ...EMPTY]) {
    const definition = sqlite
      .prepare<[string], string>("select sql from main.sqlite_schema where type = 'table' and name = ?")
      .pluck()
      .get(table)
    sqlite.exec((definition ?? '').replace(/^create table/i, 'create temp table'))
  }
  for (const table of COPIED) sqlite.exec(`insert into temp.${table} select * from main.${table}`)
  underWay.set(sqlite, fetcherOf(sqlite))
  return {
    async end() {
      underWay.delete(sqlite)
      for (const table of [...EMPTY, ...COPIED.toReversed()]) sqlite.exec(`drop table temp.${table}`)
      forgetKeys(sqlite)
    },
  }
}

/** In a dry run, copies what is stored for these rows to where they are written. */
export function fetchKnown(sqlite: Sqlite.Database, rows: SignalColumns): void {
  underWay.get(sqlite)?.(rows)
}

function fetcherOf(sqlite: Sqlite.Database): (rows: SignalColumns) => void {
  const fetch = sqlite.prepare(
    `insert or ignore into temp.signals select * from main.signals
      where week = ? and account = ? and metric = ? and time_in_week = ? and id = ?`,
  )
  const fetchVersions = sqlite.prepare(
    `insert or ignore into temp.signal_versions select * from main.signal_versions
      where account = ? and metric = ? and observed_at = ? and id = ?`,
  )
  return sqlite.transaction((rows: SignalColumns) => {
    for (let at = 0; at < rows.length; at += 1) {
      const { week, account, metric, time, id } = rowAt(rows, at)
      const { changes } = fetch.run(week, account, metric, time, id)
      if (changes === 1) fetchVersions.run(account, metric, week * WEEK + time, id)
    }
  })
}

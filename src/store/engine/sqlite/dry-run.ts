import type Sqlite from 'better-sqlite3'
import type { NewSignal } from '../engine.ts'
import { timeInWeek, weekOf } from '../week.ts'
import { forgetKeys } from './dictionaries.ts'

const COPIED = ['accounts', 'account_attributes', 'people', 'platform_users', 'metrics', 'sources', 'comments']
const EMPTY = ['signals', 'signal_versions', 'series', 'due_accounts', 'source_counts', 'source_days', 'feeds']

const underWay = new WeakMap<Sqlite.Database, (signals: readonly NewSignal[]) => void>()

/**
 * From here on this connection writes to temporary tables that lie over the real ones, until `end`. A dry run so
 * counts by the very statements that would write. Signals are too many to copy: those that are met are fetched.
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

/** In a dry run, copies what is known of these signals to where they are written. */
export function fetchKnown(sqlite: Sqlite.Database, signals: readonly NewSignal[]): void {
  underWay.get(sqlite)?.(signals)
}

function fetcherOf(sqlite: Sqlite.Database): (signals: readonly NewSignal[]) => void {
  const fetch = sqlite.prepare(
    `insert or ignore into temp.signals select * from main.signals
      where week = ? and account = ? and metric = ? and time_in_week = ? and id = ?`,
  )
  const fetchVersions = sqlite.prepare(
    `insert or ignore into temp.signal_versions select * from main.signal_versions
      where account = ? and metric = ? and observed_at = ? and id = ?`,
  )
  return sqlite.transaction((signals: readonly NewSignal[]) => {
    const metrics = new Map(sqlite.prepare<[], [string, number]>('select name, key from main.metrics').raw().all())
    for (const { account, metric, observedAt, id } of signals) {
      const key = metrics.get(metric) ?? 0
      const { changes } = fetch.run(weekOf(observedAt), account, key, timeInWeek(observedAt), id)
      if (changes === 1) fetchVersions.run(account, key, observedAt, id)
    }
  })
}

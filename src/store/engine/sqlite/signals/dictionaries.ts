import type Sqlite from 'better-sqlite3'
import type { Dictionary } from '../../signals/dictionary.ts'
import { prepared } from '../connection/prepared-statements.ts'

type Known = Record<Dictionary, Map<string, number>>

const knownTo = new WeakMap<Sqlite.Database, Known>()

/** The integer that stands for a name, made when it is met for the first time. Another process may make it as well. */
export function keyOf(sqlite: Sqlite.Database, dictionary: Dictionary, name: string): number {
  const known = knownIn(sqlite)[dictionary]
  const key = known.get(name) ?? keyInDatabase(sqlite, dictionary, name)
  // Inside a transaction the key may yet be rolled back.
  if (!sqlite.inTransaction) known.set(name, key)
  return key
}

/** For a connection whose tables were exchanged under it. */
export function forgetKeys(sqlite: Sqlite.Database): void {
  knownTo.delete(sqlite)
}

function knownIn(sqlite: Sqlite.Database): Known {
  const known = knownTo.get(sqlite) ?? { metrics: new Map(), sources: new Map() }
  knownTo.set(sqlite, known)
  return known
}

function keyInDatabase(sqlite: Sqlite.Database, dictionary: Dictionary, name: string): number {
  const find = prepared<[string], number>(sqlite, `select key from ${dictionary} where name = ?`, 'values')
  const key = find.get(name)
  if (key !== undefined) return key
  sqlite.prepare(`insert into ${dictionary} (name) values (?) on conflict do nothing`).run(name)
  return find.get(name) ?? keyInDatabase(sqlite, dictionary, name)
}

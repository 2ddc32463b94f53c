import type Sqlite from 'better-sqlite3'
import type { Dictionary } from '../../signals/dictionary.ts'
import { prepared } from '../connection/prepared-statements.ts'

type Known = Record<Dictionary, Map<string, number>>

const knownTo = new WeakMap<Sqlite.Database, Known>()

/** The key of a name, created at its first use. Another process may create it at the same time. */
export function keyOf(sqlite: Sqlite.Database, dictionary: Dictionary, name: string): number {
  const known = knownIn(sqlite)[dictionary]
  const key = known.get(name) ?? keyInDatabase(sqlite, dictionary, name)
  // In a transaction, a new key can still be rolled back.
  if (!sqlite.inTransaction) known.set(name, key)
  return key
}

/** For a connection whose tables were replaced. */
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

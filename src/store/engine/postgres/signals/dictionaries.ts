import type { Db } from '../../../tables.ts'
import type { Dictionary } from '../../signals/dictionary.ts'

/** The keys of names. */
export type Keys = ReadonlyMap<string, number>

export type Dictionaries = {
  /** Creates the keys of new names. */
  keysOf(db: Db, dictionary: Dictionary, names: readonly string[]): Promise<Keys>
  /** For tables that were replaced. */
  forget(): void
}

/** Remembers the keys that cannot be rolled back anymore. */
export function openDictionaries(): Dictionaries {
  const remembered = { metrics: new Map<string, number>(), sources: new Map<string, number>() }

  async function find(db: Db, dictionary: Dictionary, names: readonly string[]): Promise<[string, number][]> {
    const rows = await db.selectFrom(dictionary).select(['name', 'key']).where('name', 'in', names).execute()
    return rows.map(({ name, key }) => [name, key])
  }

  async function keysOf(db: Db, dictionary: Dictionary, names: readonly string[]): Promise<Keys> {
    const known = remembered[dictionary]
    const unknown = names.filter(name => !known.has(name))
    if (unknown.length === 0) return known
    const found = new Map(await find(db, dictionary, unknown))
    for (const [name, key] of found) known.set(name, key)
    const missing = unknown.filter(name => !found.has(name))
    if (missing.length === 0) return known
    await db
      .insertInto(dictionary)
      .values(missing.map(name => ({ name })))
      .onConflict(conflict => conflict.column('name').doNothing())
      .execute()
    return new Map([...known, ...(await find(db, dictionary, missing))])
  }
  return {
    keysOf,
    forget() {
      for (const known of Object.values(remembered)) known.clear()
    },
  }
}

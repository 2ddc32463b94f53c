import { compiledOnce } from './compiled-once.ts'
import type { Db } from './tables.ts'

/** What the database has noted under a name; undefined if nothing. */
export async function readMeta(db: Db, name: string): Promise<string | undefined> {
  const [row] = await noted(db, name)
  return row?.value
}

/** Replaces what was noted before. */
export async function saveMeta(db: Db, name: string, value: string): Promise<void> {
  await note(db, name, value)
}

const noted = compiledOnce((db, name: string) => db.selectFrom('meta').select('value').where('name', '=', name))

const note = compiledOnce((db, name: string, value: string) =>
  db
    .insertInto('meta')
    .values({ name, value })
    .onConflict(conflict => conflict.column('name').doUpdateSet(({ ref }) => ({ value: ref('excluded.value') }))),
)

import { sql } from 'kysely'
import { compiledOnce } from '../compiled-once.ts'
import type { Db } from '../tables.ts'

const CHANGES = 'names_changed'

/** Tells whether the names of accounts have changed since they were read, whichever process wrote them. */
export type NamesState = {
  /** How often an account got another name, or was deleted. */
  readonly changes: number
  /** The newest account's key: those after it were added since. */
  readonly newest: number
}

export async function readNamesState(db: Db): Promise<NamesState> {
  const [row] = await namesStateNow(db)
  return { changes: Number(row?.changes ?? 0), newest: row?.newest ?? 0 }
}

/** A query for one row. */
export function namesState(db: Db) {
  return db.selectNoFrom(({ selectFrom }) => [
    selectFrom('meta').select('value').where('name', '=', CHANGES).as('changes'),
    selectFrom('accounts')
      .select(({ fn }) => fn.max('key').as('key'))
      .as('newest'),
  ])
}

const namesStateNow = compiledOnce(namesState)

/** Called in the transaction that changes a name. */
export async function noteNameChange(db: Db): Promise<void> {
  await db
    .insertInto('meta')
    .values({ name: CHANGES, value: '1' })
    .onConflict(conflict =>
      conflict.column('name').doUpdateSet({ value: sql`cast(cast(meta.value as integer) + 1 as text)` }),
    )
    .execute()
}

import { sql } from 'kysely'
import type { Db } from '../tables.ts'

const CHANGES = 'names_changed'

/** What tells whether the names of accounts are still those that were read, whichever process writes them. */
export type NamesState = {
  /** How often an account got another name, or was deleted. */
  readonly changes: number
  /** The newest account's key: those after it were added since. */
  readonly newest: number
}

export async function readNamesState(db: Db): Promise<NamesState> {
  const state = sql<{ changes: string | null; newest: number | null }>`select
    (select value from meta where name = ${CHANGES}) as changes, (select max(key) from accounts) as newest`
  const [row] = (await state.execute(db)).rows
  return { changes: Number(row?.changes ?? 0), newest: row?.newest ?? 0 }
}

/** Part of the transaction that changes a name. */
export async function noteNameChange(db: Db): Promise<void> {
  await db
    .insertInto('meta')
    .values({ name: CHANGES, value: '1' })
    .onConflict(conflict =>
      conflict.column('name').doUpdateSet({ value: sql`cast(cast(meta.value as integer) + 1 as text)` }),
    )
    .execute()
}

import type { Db } from './tables.ts'

/** An account with the small key that its signals and scores carry. */
export type ListedAccount = { readonly key: number; readonly id: string; readonly name: string }

/** Every account, in the order of its key. */
export async function listAccounts(db: Db): Promise<ListedAccount[]> {
  return db.selectFrom('accounts').select(['key', 'id', 'name']).orderBy('key').execute()
}

export async function countAccounts(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('accounts')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

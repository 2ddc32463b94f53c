import { type AccountKeys, areNeighbors, isAmong } from '../engine/account-keys.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'
import { countRetired, isCustomerKey } from './customers.ts'

/** An account with the small key that its signals and scores carry. */
export type ListedAccount = { readonly key: number; readonly id: string; readonly name: string }

/** The customers, in the order of their keys. */
export async function listCustomers(db: Db): Promise<ListedAccount[]> {
  const accounts = db.selectFrom('accounts').select(['key', 'id', 'name']).where(isCustomerKey('accounts.key'))
  return accounts.orderBy('key').execute()
}

/** The customers among some accounts, in the order of their keys. */
export async function listCustomersAmong(db: Db, accounts: AccountKeys): Promise<ListedAccount[]> {
  const customers: ListedAccount[] = []
  for (const part of areNeighbors(accounts) ? [accounts] : slices(accounts)) {
    const listed = db.selectFrom('accounts').select(['key', 'id', 'name']).where(isAmong('key', part))
    customers.push(...(await listed.where(isCustomerKey('accounts.key')).orderBy('key').execute()))
  }
  const wanted = new Set(accounts)
  return customers.filter(({ key }) => wanted.has(key))
}

/** Every account, in the order of its key, retired ones too. */
export async function listAccounts(db: Db): Promise<ListedAccount[]> {
  return db.selectFrom('accounts').select(['key', 'id', 'name']).orderBy('key').execute()
}

/** Every account, retired ones too, in the order of their keys, part by part, so that nobody waits for all of them. */
export async function* accountsInParts(db: Db, size = 500): AsyncGenerator<readonly ListedAccount[]> {
  const accounts = db.selectFrom('accounts').select(['key', 'id', 'name']).orderBy('key').limit(size)
  for (let last = 0; ; ) {
    const part = await accounts.where('key', '>', last).execute()
    if (part.length > 0) yield part
    if (part.length < size) return
    last = part.at(-1)?.key ?? last
  }
}

/** The same, as keys. */
export async function* accountKeysInParts(db: Db): AsyncGenerator<AccountKeys> {
  for await (const part of accountsInParts(db)) yield part.map(({ key }) => key)
}

/** Every retired account is an account, so the two counts can be subtracted. */
export async function countCustomers(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('accounts')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count) - (await countRetired(db))
}

/** Whether there is any account at all, retired ones included. */
export async function hasAccounts(db: Db): Promise<boolean> {
  return (await db.selectFrom('accounts').select('key').limit(1).executeTakeFirst()) !== undefined
}

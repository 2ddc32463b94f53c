import { compiledOnce } from '../compiled-once.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'
import type { ListedAccount } from './account-list.ts'

/** The key of every account, or of those with these ids. */
export async function findAccountKeys(db: Db, ids?: readonly string[]): Promise<Map<string, number>> {
  if (ids === undefined) return allAccountKeys(db)
  const keys = new Map<string, number>()
  for (const part of slices(ids, MOST_ASKED)) {
    for (const { id, key } of await keysOfSome(db, ...paddedIds(part))) keys.set(id, key)
  }
  return keys
}

const MOST_ASKED = 512

const keysOfSome = compiledOnce((db, ...ids: string[]) =>
  db.selectFrom('accounts').select(['id', 'key']).where('id', 'in', ids),
)

/** Padded with the last id to 1, 2, 4, ... ids: few lengths mean few statements. */
function paddedIds(ids: readonly string[]): string[] {
  const length = 2 ** Math.ceil(Math.log2(ids.length))
  return [...ids, ...new Array<string>(length - ids.length).fill(ids.at(-1) ?? '')]
}

/** Part by part: all rows at once would take four times the memory of the result. */
async function allAccountKeys(db: Db): Promise<Map<string, number>> {
  const accounts = db.selectFrom('accounts').select(['id', 'key']).orderBy('key').limit(ACCOUNTS_AT_ONCE)
  const keys = new Map<string, number>()
  for (let last = 0; ; ) {
    const rows = await accounts.where('key', '>', last).execute()
    for (const { id, key } of rows) keys.set(id, key)
    last = rows.at(-1)?.key ?? last
    if (rows.length < ACCOUNTS_AT_ONCE) return keys
  }
}

const ACCOUNTS_AT_ONCE = 5_000

export async function accountByKeyOrNone(db: Db, key: number): Promise<ListedAccount | undefined> {
  return db.selectFrom('accounts').select(['key', 'id', 'name']).where('key', '=', key).executeTakeFirst()
}

export async function accountByIdOrNone(db: Db, id: string): Promise<ListedAccount | undefined> {
  return db.selectFrom('accounts').select(['key', 'id', 'name']).where('id', '=', id).executeTakeFirst()
}

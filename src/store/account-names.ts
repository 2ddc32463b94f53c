import { buildNameIndex, type NameIndex } from '../domain/name-index.ts'
import type { ListedAccount } from './account-list.ts'
import { foldName } from './accounts.ts'
import type { Connection } from './database.ts'

/** An exact id or name, else names that begin so; at most `most`. */
export async function accountsCalled({ db }: Connection, text: string, most: number): Promise<ListedAccount[]> {
  const folded = foldName(text)
  const columns = ['key', 'id', 'name'] as const
  const byId = await db.selectFrom('accounts').select(columns).where('id', '=', text.trim()).execute()
  if (byId.length > 0) return byId
  const exact = db.selectFrom('accounts').select(columns).where('folded_name', '=', folded).limit(most)
  const found = await exact.execute()
  if (found.length > 0) return found
  return db
    .selectFrom('accounts')
    .select(columns)
    .where('folded_name', '>=', folded)
    .where('folded_name', '<', `${folded}\u{10ffff}`)
    .orderBy('folded_name')
    .limit(most)
    .execute()
}

type NamedAccount = ListedAccount & { readonly folded: string }

/** How long an index is believed; a new account is found by its id, name and the beginning of it at once. */
const BELIEVED_FOR = 60_000

const indexes = new WeakMap<Connection, { readonly builtAt: number; readonly search: NameIndex<NamedAccount> }>()

/** The index over all names, kept in memory. */
export async function accountNameIndex(connection: Connection, now: number): Promise<NameIndex<NamedAccount>> {
  const kept = indexes.get(connection)
  if (kept !== undefined && now - kept.builtAt < BELIEVED_FOR && now >= kept.builtAt) return kept.search
  const rows = await connection.db
    .selectFrom('accounts')
    .select(['key', 'id', 'name', 'folded_name as folded'])
    .execute()
  const search = buildNameIndex(rows)
  indexes.set(connection, { builtAt: now, search })
  return search
}

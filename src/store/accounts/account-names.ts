import { foldSpelling } from '../../domain/accounts/name-fold.ts'
import { buildNameIndex, type NameIndex } from '../../domain/accounts/name-index.ts'
import type { Connection } from '../engine/engine.ts'
import type { ListedAccount } from './account-list.ts'
import { foldName } from './accounts.ts'

/** The account with exactly this id, else those with exactly this name; at most `most`. */
export async function accountsCalled({ db }: Connection, text: string, most: number): Promise<ListedAccount[]> {
  const columns = ['key', 'id', 'name'] as const
  const byId = await db.selectFrom('accounts').select(columns).where('id', '=', text.trim()).execute()
  if (byId.length > 0) return byId
  return db
    .selectFrom('accounts')
    .select(columns)
    .where('folded_name', '=', foldName(text))
    .orderBy('id')
    .limit(most)
    .execute()
}

type NamedAccount = ListedAccount & { readonly folded: string }
type Kept = { readonly builtAt: number; readonly newest: number; readonly search: NameIndex<NamedAccount> }

/** How long an index is believed where no account was added; meanwhile a renamed one answers to its whole name. */
const BELIEVED_FOR = 60_000

const indexes = new WeakMap<Connection, Kept>()

/** The index over all names, kept in memory. */
export async function accountNameIndex(connection: Connection, now: number): Promise<NameIndex<NamedAccount>> {
  const { db } = connection
  const kept = indexes.get(connection)
  const { newest } = await db
    .selectFrom('accounts')
    .select(({ fn }) => fn.max('key').as('newest'))
    .executeTakeFirstOrThrow()
  const age = kept === undefined ? BELIEVED_FOR : now - kept.builtAt
  if (kept !== undefined && kept.newest === newest && age >= 0 && age < BELIEVED_FOR) return kept.search
  const rows = await db.selectFrom('accounts').select(['key', 'id', 'name']).execute()
  const search = buildNameIndex(
    rows.map(row => ({ ...row, folded: foldSpelling(row.name), written: foldName(row.name) })),
  )
  indexes.set(connection, { builtAt: now, newest, search })
  return search
}

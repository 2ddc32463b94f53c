import { sql } from 'kysely'
import { valueAt } from '../../domain/accounts/account.ts'
import { foldEmail } from '../../domain/people/person.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'
import type { ListedAccount } from './account-list.ts'
import { ownersEver } from './account-owner.ts'
import { isCustomerKey } from './customers.ts'

export type OwnedAccount = { readonly account: ListedAccount; readonly since: Instant }

/** Everybody who owns an account, or owned one, by e-mail. */
export async function listOwners(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('account_attributes')
    .select('value')
    .distinct()
    .where('attribute', '=', 'owner')
    .orderBy('value')
    .execute()
  return [...new Set(rows.flatMap(({ value }) => (value === null ? [] : [foldEmail(value)])))]
}

/** The customers that a person owns now, and since when. */
export async function accountsOwnedBy(db: Db, owner: string, now: Instant): Promise<OwnedAccount[]> {
  const since = await ownedSince(db, owner, now)
  const owned: OwnedAccount[] = []
  for (const part of slices([...since.keys()])) {
    const accounts = await db
      .selectFrom('accounts')
      .select(['key', 'id', 'name'])
      .where('key', 'in', part)
      .where(isCustomerKey('accounts.key'))
      .orderBy('key')
      .execute()
    owned.push(...accounts.map(account => ({ account, since: since.get(account.key) ?? now })))
  }
  return owned
}

/** The keys of the accounts that a person owns now, retired ones too. */
export async function accountKeysOwnedBy(db: Db, owner: string, now: Instant): Promise<number[]> {
  return [...(await ownedSince(db, owner, now)).keys()]
}

/** Looks only at what the person owns, or ever owned. */
async function ownedSince(db: Db, owner: string, now: Instant): Promise<Map<number, Instant>> {
  const ever = await db
    .selectFrom('account_attributes')
    .select('account')
    .distinct()
    .where(isOwner)
    .where('value', '=', owner)
    .orderBy('account')
    .execute()
  const since = new Map<number, Instant>()
  const owners = await ownersEver(
    db,
    ever.map(({ account }) => account),
  )
  for (const [account, known] of owners) {
    const last = valueAt(known, now)
    if (last?.value === owner) since.set(account, last.from)
  }
  return since
}

/** A literal, so that SQLite sees that the index of owners applies. */
const isOwner = sql<boolean>`attribute = 'owner'`

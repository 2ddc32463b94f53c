import { groupedBy } from '../../domain/grouped.ts'
import { foldEmail } from '../../domain/people/person.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'
import type { ListedAccount } from './account-list.ts'
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

/** The customers that somebody owns now, and since when. */
export async function accountsOwnedBy(db: Db, owner: string, now: Instant): Promise<OwnedAccount[]> {
  const rows = await db
    .selectFrom('account_attributes')
    .innerJoin('accounts', 'accounts.key', 'account_attributes.account')
    .select(['accounts.key', 'accounts.id', 'accounts.name', 'value', 'known_from'])
    .where('attribute', '=', 'owner')
    .where(isCustomerKey('accounts.key'))
    .orderBy('accounts.key')
    .orderBy('known_from')
    .execute()
  return [...groupedBy(rows, ({ key }) => key).values()].flatMap(values => {
    const row = values.findLast(({ known_from }) => known_from <= now) ?? values[0]
    if (row === undefined || row.value === null || foldEmail(row.value) !== owner) return []
    return [{ account: { key: row.key, id: row.id, name: row.name }, since: row.known_from }]
  })
}

import { type RawBuilder, sql } from 'kysely'
import { type AttributeValue, attributesOf, type ObservedAccount } from '../../domain/accounts/account.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { compiledOnce } from '../compiled-once.ts'
import { type AccountKeys, isAmong } from '../engine/account-keys.ts'
import { markDue } from '../scoring/due-accounts.ts'
import { recordEndOfStatus } from '../scoring/statuses/status-changes.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'

export type Retirement = { readonly since: Instant; readonly reason: string }

/** The one definition of a customer in SQL: an account that is not retired. `account` is the column of its key. */
export function isCustomerKey(account: string): RawBuilder<boolean> {
  return sql<boolean>`not exists (select 1 from retired_accounts where retired_accounts.account = ${sql.ref(account)})`
}

export async function retirementOrNone(db: Db, account: number): Promise<Retirement | undefined> {
  const [retirement] = await retirementsOf(db, account)
  return retirement
}

const retirementsOf = compiledOnce((db, account: number) =>
  db.selectFrom('retired_accounts').select(['since', 'reason']).where('account', '=', account),
)

/** Which of some accounts are not customers now, by their keys. */
export async function readRetired(db: Db, accounts: AccountKeys): Promise<Map<number, Retirement>> {
  const rows = await db.selectFrom('retired_accounts').selectAll().where(isAmong('account', accounts)).execute()
  return new Map(rows.map(({ account, ...retirement }) => [account, retirement]))
}

/** Which of a few accounts are not customers now. */
export async function retiredAmong(db: Db, accounts: readonly number[]): Promise<ReadonlySet<number>> {
  if (accounts.length === 0) return new Set()
  const rows = await db.selectFrom('retired_accounts').select('account').where('account', 'in', accounts).execute()
  return new Set(rows.map(({ account }) => account))
}

export async function countRetired(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('retired_accounts')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

export async function addRetired(db: Db, account: number, { since, reason }: Retirement): Promise<void> {
  await db
    .insertInto('retired_accounts')
    .values({ account, since, reason })
    .onConflict(conflict => conflict.column('account').doUpdateSet({ since, reason }))
    .execute()
  await recordEndOfStatus(db, account)
  await db.updateTable('current_status').set({ is_retired: 1 }).where('account', '=', account).execute()
}

/** Makes an account a customer again: its next score is a first one, and raises no alerts. */
export async function removeRetired(db: Db, account: number): Promise<void> {
  await db.deleteFrom('retired_accounts').where('account', '=', account).execute()
  await db.deleteFrom('current_status').where('account', '=', account).execute()
  await markDue(db, account)
}

/** What is known now of these attributes, for the accounts that have any of them; for all accounts, or some. */
export async function readAttributesNamed(
  db: Db,
  names: readonly string[],
  accounts?: readonly number[],
): Promise<Map<number, ObservedAccount['attribute']>> {
  const all = db.selectFrom('account_attributes').selectAll().where('attribute', 'in', names).orderBy('known_from')
  const queries = accounts === undefined ? [all] : slices(accounts).map(part => all.where('account', 'in', part))
  const values = new Map<number, Map<string, AttributeValue[]>>()
  for (const query of names.length === 0 ? [] : queries) {
    for (const { account, attribute, known_from, value } of await query.execute()) {
      const ofAccount = values.get(account) ?? new Map<string, AttributeValue[]>()
      values.set(account, ofAccount)
      const entry = { from: known_from, value: value ?? undefined }
      ofAccount.set(attribute, [...(ofAccount.get(attribute) ?? []), entry])
    }
  }
  return new Map([...values].map(([account, ofAccount]) => [account, attributesOf(ofAccount)]))
}

import { type AccountKeys, isAmong } from '../engine/account-keys.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'

/** An account with news since it was last scored; `news` counts, so that news that came meanwhile is not lost. */
export type DueAccount = { readonly account: number; readonly news: number }

export async function readDueAccounts(db: Db): Promise<DueAccount[]> {
  return db.selectFrom('due_accounts').selectAll().orderBy('account').execute()
}

export async function readDueAmong(db: Db, accounts: AccountKeys): Promise<DueAccount[]> {
  const due = db.selectFrom('due_accounts').selectAll().where(isAmong('account', accounts))
  const wanted = new Set(accounts)
  return (await due.orderBy('account').execute()).filter(({ account }) => wanted.has(account))
}

export async function markDue(db: Db, account: number): Promise<void> {
  await db
    .insertInto('due_accounts')
    .values({ account, news: 1 })
    .onConflict(conflict =>
      conflict.column('account').doUpdateSet(({ eb }) => ({ news: eb('due_accounts.news', '+', 1) })),
    )
    .execute()
}

/** Clears the mark of accounts that were scored, unless more news came since they were read. */
export async function clearDue(db: Db, due: readonly DueAccount[]): Promise<void> {
  for (const part of slices(due, 200)) {
    await db
      .deleteFrom('due_accounts')
      .where(({ eb, or, and }) =>
        or(part.map(({ account, news }) => and([eb('account', '=', account), eb('news', '=', news)]))),
      )
      .execute()
  }
}

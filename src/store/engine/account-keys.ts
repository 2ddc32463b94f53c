import { type RawBuilder, sql } from 'kysely'

/** Integer keys of accounts, in ascending order. */
export type AccountKeys = readonly number[]

/** Whether the range from the first to the last key holds few other accounts. */
export function areNeighbors(accounts: AccountKeys): boolean {
  const [first, last] = [accounts[0], accounts.at(-1)]
  return first !== undefined && last !== undefined && last - first < 2 * accounts.length
}

/** True where the column is one of these accounts; for neighbors, also for accounts in between. */
export function isAmong(column: string, accounts: AccountKeys): RawBuilder<boolean> {
  const [first, last] = [accounts[0], accounts.at(-1)]
  if (first === undefined || last === undefined) return sql<boolean>`1 = 0`
  return areNeighbors(accounts)
    ? sql<boolean>`${sql.ref(column)} between ${first} and ${last}`
    : sql<boolean>`${sql.ref(column)} in (${sql.join(accounts)})`
}

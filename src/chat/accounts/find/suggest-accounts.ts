import { foldSpelling } from '../../../domain/accounts/name-fold.ts'
import type { Instant } from '../../../domain/time/instant.ts'
import type { ListedAccount } from '../../../store/accounts/account-list.ts'
import { accountNameIndex, accountsCalled } from '../../../store/accounts/account-names.ts'
import { retiredAmong } from '../../../store/accounts/customers.ts'
import type { Connection } from '../../../store/engine/engine.ts'

const MOST = 20

/** The accounts that a beginning, a part or a mistyped name may mean, most likely first. */
export async function suggestAccounts(
  connection: Connection,
  text: string,
  now: Instant,
): Promise<readonly ListedAccount[]> {
  if (text.trim() === '') return []
  const called = await accountsCalled(connection, text, MOST)
  const search = await accountNameIndex(connection, now)
  const matches = search(foldSpelling(text), MOST).map(({ item }) => item)
  const retired = await retiredAmong(
    connection.db,
    matches.map(({ key }) => key),
  )
  const alike = matches.filter(({ key }) => !retired.has(key))
  const found = new Map([...called, ...alike].map(account => [account.id, account]))
  return [...found.values()].slice(0, MOST)
}

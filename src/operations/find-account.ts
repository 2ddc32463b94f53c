import type { Instant } from '../domain/instant.ts'
import { isOneSlip } from '../domain/similarity.ts'
import { BotError } from '../errors.ts'
import type { ListedAccount } from '../store/account-list.ts'
import { accountNameIndex, accountsCalled } from '../store/account-names.ts'
import { foldName } from '../store/accounts.ts'
import type { Connection } from '../store/database.ts'

export type Found =
  | { readonly kind: 'one'; readonly account: ListedAccount }
  | { readonly kind: 'several'; readonly accounts: readonly ListedAccount[] }
  | { readonly kind: 'none'; readonly nearest: readonly ListedAccount[] }

const MOST = 10

/** Among so many of the likest, one slip of the finger is looked for. */
const CANDIDATES = 100

/** A typo in a longer name leaves about this share of its pieces; below it is another name. */
const SURELY_MEANT = 0.45
const PERHAPS_MEANT = 0.2

/** Finds an account by id or name: exactly, then by prefix, then by a part, then in spite of a typo. */
export async function findAccount(connection: Connection, text: string, now: Instant): Promise<Found> {
  const folded = foldName(text)
  if (folded === '') return { kind: 'none', nearest: [] }
  const called = await accountsCalled(connection, text, MOST)
  if (called.length > 0) return foundAmong(called)
  const search = await accountNameIndex(connection, now)
  const matches = search(folded, CANDIDATES)
  const withPart = matches.filter(({ item }) => item.folded.includes(folded))
  const slipped = matches.filter(
    ({ item, likeness }) =>
      likeness >= SURELY_MEANT || [item.folded, ...item.folded.split(' ')].some(name => isOneSlip(folded, name)),
  )
  const meant = (withPart.length > 0 ? withPart : slipped).map(({ item }) => item)
  if (meant.length > 0) return foundAmong(meant.slice(0, MOST))
  const nearest = matches.filter(({ likeness }) => likeness >= PERHAPS_MEANT).map(({ item }) => item)
  return { kind: 'none', nearest: nearest.slice(0, 3) }
}

function foundAmong(accounts: readonly ListedAccount[]): Found {
  const [first] = accounts
  return first !== undefined && accounts.length === 1 ? { kind: 'one', account: first } : { kind: 'several', accounts }
}

/** The one account that is meant, or a refusal that names those that could be. */
export async function findOneAccount(connection: Connection, text: string, now: Instant): Promise<ListedAccount> {
  const found = await findAccount(connection, text, now)
  if (found.kind === 'one') return found.account
  const names = (accounts: readonly ListedAccount[]) => accounts.map(({ id, name }) => `${name} (${id})`).join(', ')
  if (found.kind === 'several') {
    throw new BotError('several_accounts', `"${text}" could be ${names(found.accounts)}.`, 'Write the id.')
  }
  const nearest = found.nearest.length === 0 ? undefined : `Nearest: ${names(found.nearest)}.`
  throw new BotError('no_account', `There is no account called "${text}".`, nearest)
}

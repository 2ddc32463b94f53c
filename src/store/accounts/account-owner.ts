import { valueAt } from '../../domain/accounts/account.ts'
import { groupedBy } from '../../domain/grouped.ts'
import { foldEmail } from '../../domain/people/person.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { compiledOnce } from '../compiled-once.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'

/** The e-mail of an account's owner as of an instant; before the first known owner, the first one. */
export async function ownerOfAccount(db: Db, account: number, at: Instant): Promise<string | undefined> {
  return ownerAt(await ownersOf(db, account), at)
}

/** The same for some accounts, by account; absent if no owner is known. */
export async function ownersOfAccounts(
  db: Db,
  accounts: readonly number[],
  at: Instant,
): Promise<ReadonlyMap<number, string>> {
  const owners = new Map<number, string>()
  for (const [account, known] of await ownersEver(db, accounts)) {
    const owner = ownerAt(known, at)
    if (owner !== undefined) owners.set(account, owner)
  }
  return owners
}

/** An owner as written, or null if there was none from then on. */
type OwnerFrom = { readonly value: string | null; readonly from: Instant }

/** Everybody who ever owned some accounts, oldest first, by account. */
export async function ownersEver(db: Db, accounts: readonly number[]): Promise<ReadonlyMap<number, OwnerFrom[]>> {
  const owners = new Map<number, OwnerFrom[]>()
  for (const some of slices(accounts)) {
    const rows = await db
      .selectFrom('account_attributes')
      .select(['account', 'value', 'known_from as from'])
      .where('account', 'in', some)
      .where('attribute', '=', 'owner')
      .orderBy('account')
      .orderBy('known_from')
      .execute()
    for (const [account, known] of groupedBy(rows, ({ account }) => account)) owners.set(account, known)
  }
  return owners
}

function ownerAt(known: readonly OwnerFrom[], at: Instant): string | undefined {
  const owner = valueAt(known, at)?.value ?? undefined
  return owner === undefined ? undefined : foldEmail(owner)
}

const ownersOf = compiledOnce((db, account: number) =>
  db
    .selectFrom('account_attributes')
    .select(['value', 'known_from as from'])
    .where('account', '=', account)
    .where('attribute', '=', 'owner')
    .orderBy('known_from'),
)

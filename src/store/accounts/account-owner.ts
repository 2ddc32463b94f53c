import { groupedBy } from '../../domain/grouped.ts'
import { foldEmail } from '../../domain/people/person.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { compiledOnce } from '../compiled-once.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'

/** The e-mail of an account's owner as of an instant; before the first known one, that first one. */
export async function ownerOfAccount(db: Db, account: number, at: Instant): Promise<string | undefined> {
  return ownerAsOf(await ownersOf(db, account), at)
}

/** The same of some accounts, by account; absent where nobody is known. */
export async function ownersOfAccounts(
  db: Db,
  accounts: readonly number[],
  at: Instant,
): Promise<ReadonlyMap<number, string>> {
  const owners = new Map<number, string>()
  for (const some of slices(accounts)) {
    const rows = await db
      .selectFrom('account_attributes')
      .select(['account', 'value', 'known_from'])
      .where('account', 'in', some)
      .where('attribute', '=', 'owner')
      .orderBy('known_from')
      .execute()
    for (const [account, known] of groupedBy(rows, ({ account }) => account)) {
      const owner = ownerAsOf(known, at)
      if (owner !== undefined) owners.set(account, owner)
    }
  }
  return owners
}

type OwnerRow = { readonly value: string | null; readonly known_from: Instant }

function ownerAsOf(rows: readonly OwnerRow[], at: Instant): string | undefined {
  const row = rows.findLast(({ known_from }) => known_from <= at) ?? rows[0]
  return row === undefined || row.value === null ? undefined : foldEmail(row.value)
}

const ownersOf = compiledOnce((db, account: number) =>
  db
    .selectFrom('account_attributes')
    .select(['value', 'known_from'])
    .where('account', '=', account)
    .where('attribute', '=', 'owner')
    .orderBy('known_from'),
)

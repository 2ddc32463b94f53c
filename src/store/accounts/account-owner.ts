import { foldEmail } from '../../domain/people/person.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { compiledOnce } from '../compiled-once.ts'
import type { Db } from '../tables.ts'

/** The e-mail of an account's owner as of an instant; before the first known one, that first one. */
export async function ownerOfAccount(db: Db, account: number, at: Instant): Promise<string | undefined> {
  const rows = await ownersOf(db, account)
  const row = rows.findLast(({ known_from }) => known_from <= at) ?? rows[0]
  return row?.value === undefined || row.value === null ? undefined : foldEmail(row.value)
}

const ownersOf = compiledOnce((db, account: number) =>
  db
    .selectFrom('account_attributes')
    .select(['value', 'known_from'])
    .where('account', '=', account)
    .where('attribute', '=', 'owner')
    .orderBy('known_from'),
)

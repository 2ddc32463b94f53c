import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

export type Known = { readonly value: string | undefined; readonly since: Instant }

/**
 * One attribute of every account as of an instant, by the account's key: the newest known by then, or else the first.
 */
export async function attributeOfAll(db: Db, attribute: string, at: Instant): Promise<Map<number, Known>> {
  const rows = await db
    .selectFrom('account_attributes')
    .select(['account', 'value', 'known_from'])
    .where('attribute', '=', attribute)
    .orderBy('account')
    .orderBy('known_from')
    .execute()
  const known = new Map<number, Known>()
  for (const { account, value, known_from } of rows) {
    if (known_from <= at || !known.has(account)) known.set(account, { value: value ?? undefined, since: known_from })
  }
  return known
}

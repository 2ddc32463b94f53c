import type { Db } from '../tables.ts'

/** A source's own id of a customer, and the account's id in Rounds. */
export type SourceLink = { readonly external: string; readonly reference: string }

/** Remembers which account a customer is; the newest link counts. */
export async function saveLinks(db: Db, source: string, links: readonly SourceLink[]): Promise<void> {
  for (const { external, reference } of links) {
    await db
      .insertInto('source_links')
      .values({ source, external, reference })
      .onConflict(conflict => conflict.columns(['source', 'external']).doUpdateSet({ reference }))
      .execute()
  }
}

/** The ids of these customers' accounts: as the source reported, or by an attribute such as `stripe_id`. */
export async function linkedAccounts(
  db: Db,
  source: string,
  externals: readonly string[],
): Promise<Map<string, string>> {
  const known = await db
    .selectFrom('source_links')
    .select(['external', 'reference'])
    .where('source', '=', source)
    .where('external', 'in', ['', ...externals])
    .execute()
  const named = await db
    .selectFrom('account_attributes')
    .innerJoin('accounts', 'accounts.key', 'account_attributes.account')
    .select(['account_attributes.value as external', 'accounts.id as reference'])
    .where('attribute', '=', `${source}_id`)
    .where('value', 'in', ['', ...externals])
    .execute()
  return new Map([...named, ...known].flatMap(({ external, reference }) => (external ? [[external, reference]] : [])))
}

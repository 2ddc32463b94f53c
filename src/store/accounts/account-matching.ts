import type { Db } from '../tables.ts'

/** How an account can be found from a file that does not know its id. */
export type MatchableAccount = {
  readonly id: string
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
}

/** Every account with its newest values of these attributes. */
export async function listMatchable(db: Db, attributes: readonly string[]): Promise<MatchableAccount[]> {
  const accounts = await db.selectFrom('accounts').select(['key', 'id', 'name']).orderBy('id').execute()
  const values = new Map(accounts.map(({ key }) => [key, new Map<string, string>()]))
  const rows = await db
    .selectFrom('account_attributes')
    .select(['account', 'attribute', 'value'])
    .where('attribute', 'in', attributes.length === 0 ? [''] : attributes)
    .orderBy('known_from')
    .execute()
  for (const { account, attribute, value } of rows) {
    if (value === null) values.get(account)?.delete(attribute)
    else values.get(account)?.set(attribute, value)
  }
  return accounts.map(({ key, id, name }) => ({ id, name, attributes: values.get(key) ?? new Map() }))
}

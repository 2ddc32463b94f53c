import { attributesOf } from '../../domain/accounts/account.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { readAttributes } from '../scoring/attributes.ts'
import type { Db } from '../tables.ts'
import { accountsInParts } from './account-list.ts'

/** Every attribute that any account has, by name. */
export async function attributeNames(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('account_attributes').select('attribute').distinct().orderBy('attribute').execute()
  return rows.map(({ attribute }) => attribute)
}

export type AccountWithAttributes = {
  readonly id: string
  readonly name: string
  readonly attributes: ReadonlyMap<string, string | undefined>
}

/** Every account, retired ones too, with its attributes at an instant, slice by slice. */
export async function* readAccountsWithAttributes(db: Db, at: Instant): AsyncGenerator<AccountWithAttributes> {
  for await (const page of accountsInParts(db)) {
    const values = await readAttributes(
      db,
      page.map(({ key }) => key),
    )
    for (const { key, id, name } of page) {
      const ofAccount = values.get(key) ?? new Map()
      const attribute = attributesOf(ofAccount)
      yield { id, name, attributes: new Map([...ofAccount.keys()].map(name => [name, attribute(name, at)])) }
    }
  }
}

import type { AttributeValue } from '../../domain/accounts/account.ts'
import { compiledOnce } from '../compiled-once.ts'
import { type AccountKeys, isAmong } from '../engine/account-keys.ts'
import type { Db, Tables } from '../tables.ts'

/** An account's attributes by name, each with its values in the order in which they began to hold. */
export type Attributes = Map<string, AttributeValue[]>

export const NO_ATTRIBUTES: Attributes = new Map()

/** The attributes of some accounts: those with these names, or all. */
export async function readAttributes(
  db: Db,
  accounts: AccountKeys,
  names?: readonly string[],
): Promise<Map<number, Attributes>> {
  const all = db
    .selectFrom('account_attributes')
    .selectAll()
    .where(isAmong('account', accounts))
    .orderBy('account')
    .orderBy('attribute')
    .orderBy('known_from')
  return byAccount(await (names === undefined ? all : all.where('attribute', 'in', names)).execute())
}

/** All attributes of one account. */
export async function readAttributesOf(db: Db, account: number): Promise<Attributes> {
  return byAccount(await attributesOfAccount(db, account)).get(account) ?? NO_ATTRIBUTES
}

const attributesOfAccount = compiledOnce((db, account: number) =>
  db
    .selectFrom('account_attributes')
    .selectAll()
    .where('account', '=', account)
    .orderBy('attribute')
    .orderBy('known_from'),
)

function byAccount(rows: readonly Tables['account_attributes'][]): Map<number, Attributes> {
  const attributes = new Map<number, Attributes>()
  for (const { account, attribute, known_from, value } of rows) {
    const ofAccount = attributes.get(account) ?? new Map<string, AttributeValue[]>()
    attributes.set(account, ofAccount)
    const entry = { from: known_from, value: value ?? undefined }
    const values = ofAccount.get(attribute)
    if (values === undefined) ofAccount.set(attribute, [entry])
    else values.push(entry)
  }
  return attributes
}

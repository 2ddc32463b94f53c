import type { Generated } from 'kysely'

/** Accounts, and whether they are still customers. */
export type AccountsTables = {
  accounts: { key: Generated<number>; id: string; name: string; folded_name: string }
  account_attributes: { account: number; attribute: string; known_from: number; value: string | null }
  attribute_changes: {
    id: Generated<number>
    account: number
    attribute: string
    known_from: number
    was_known: number
    was: string | null
  }
  retirements: { account: number; since: number; reason: string | null; by_whom: string; at: number }
  retired_accounts: { account: number; since: number; reason: string }
  watched_owners: { account: number; owner: string | null }
}

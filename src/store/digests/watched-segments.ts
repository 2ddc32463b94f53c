import type { Instant } from '../../domain/time/instant.ts'
import { countCustomers } from '../accounts/account-list.ts'
import { attributeOfAll } from '../accounts/attribute-of-all.ts'
import type { Db } from '../tables.ts'

/** The number of customers, in all and in each segment as it is written. */
export type Segments = { readonly customers: number; readonly bySegment: ReadonlyMap<string, number> }

export async function readSegments(db: Db, now: Instant): Promise<Segments> {
  const retired = await db.selectFrom('retired_accounts').select('account').execute()
  const gone = new Set(retired.map(({ account }) => account))
  const bySegment = new Map<string, number>()
  for (const [account, { value }] of await attributeOfAll(db, 'segment', now)) {
    if (value !== undefined && !gone.has(account)) bySegment.set(value, (bySegment.get(value) ?? 0) + 1)
  }
  return { customers: await countCustomers(db), bySegment: new Map([...bySegment].sort()) }
}

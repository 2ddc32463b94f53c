import { sql } from 'kysely'
import { DAY, dayOf, type Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

/** The accounts that were said, now or earlier, to renew on a day that begins between two instants; on the first one's too. */
export async function renewalsBetween(db: Db, from: Instant, until: Instant): Promise<number[]> {
  const rows = await db
    .selectFrom('account_attributes')
    .select('account')
    .where('attribute', '=', sql.lit('renewal_on'))
    .where('value', '>=', dayOf(from))
    .where('value', '<', dayOf(until + DAY))
    .execute()
  return rows.map(({ account }) => account)
}

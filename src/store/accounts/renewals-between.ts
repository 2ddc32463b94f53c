import { sql } from 'kysely'
import { DAY, dayOf, type Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

/**
 * The accounts with a renewal date, known now or earlier, on a day that begins between two instants; the first one's
 * day counts.
 */
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

import { type Day, startOfDay } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

/**
 * The accounts with a renewal after `after` and up to `to`, by any date that was ever recorded, or with an outcome in
 * that time.
 */
export async function renewalsWithOutcome(
  db: Db,
  after: Day,
  to: Day,
): Promise<{ readonly due: number; readonly known: number }> {
  const values = await db
    .selectFrom('account_attributes')
    .select(['account', 'value'])
    .where('attribute', '=', 'renewal_on')
    .where('value', '>', `${after}T99`)
    .where('value', '<=', `${to}T99`)
    .execute()
  const due = new Set(values.filter(({ value }) => startOfDay(value ?? '') !== undefined).map(({ account }) => account))
  const rows = await db
    .selectFrom('outcomes')
    .select('account')
    .where('on_day', '>', after)
    .where('on_day', '<=', to)
    .execute()
  const withOutcome = new Set(rows.map(({ account }) => account))
  return { due: due.size, known: [...due].filter(account => withOutcome.has(account)).length }
}

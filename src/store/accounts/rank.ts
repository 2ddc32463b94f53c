import type { Rank } from '../../domain/scoring/score-format.ts'
import type { Db } from '../tables.ts'
import { isCustomerKey } from './customers.ts'

/** Where an account with such a shown score stands among those that have one, itself included. */
export async function rankAmongOthers(db: Db, account: number, shown: number): Promise<Rank> {
  const { better, others } = await db
    .selectFrom('current_status')
    .select(({ fn, eb }) => [
      fn.count<number>('shown').as('others'),
      fn.count<number>(eb.case().when('shown', '>', shown).then(1).end()).as('better'),
    ])
    .where('account', '!=', account)
    .where(isCustomerKey('current_status.account'))
    .executeTakeFirstOrThrow()
  return { place: Number(better) + 1, of: Number(others) + 1 }
}

/** The shown scores of all customers that have one. */
export async function shownScores(db: Db): Promise<number[]> {
  const scored = db.selectFrom('current_status').select('shown').where('shown', 'is not', null)
  const rows = await scored.where(isCustomerKey('current_status.account')).execute()
  return rows.flatMap(({ shown }) => shown ?? [])
}

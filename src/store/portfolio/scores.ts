import { numberIn } from '../../domain/number.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { isCustomerKey, readAttributesNamed } from '../accounts/customers.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'

/** A customer's score and ARR. */
export type PortfolioScore = { readonly score: number; readonly verdict: string; readonly arr: number }

/** The scores of every customer that has a score and an ARR. */
export async function readPortfolioScores(db: Db, now: Instant): Promise<PortfolioScore[]> {
  const rows = await db
    .selectFrom('current_status')
    .select(['account', 'score', 'verdict'])
    .where(isCustomerKey('current_status.account'))
    .execute()
  const scores: PortfolioScore[] = []
  for (const part of slices(rows)) {
    const attributes = await readAttributesNamed(
      db,
      ['arr'],
      part.map(({ account }) => account),
    )
    for (const { account, score, verdict } of part) {
      const arr = numberIn(attributes.get(account)?.('arr', now))
      if (score !== null && arr !== undefined) scores.push({ score, verdict, arr })
    }
  }
  return scores
}

import type { DigestAccount } from '../../domain/digests/digest-account.ts'
import type { Model } from '../../domain/model/model.ts'
import { type PortfolioReview, portfolioReview } from '../../domain/portfolio/review.ts'
import { UNKNOWN } from '../../domain/scoring/settle.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { readProgramme, readTrend } from '../../store/portfolio/review.ts'
import type { Db } from '../../store/tables.ts'

/** What a weekly digest tells of these accounts. */
export async function reviewPortfolio(
  db: Db,
  model: Model,
  accounts: readonly (DigestAccount & { readonly key: number })[],
  at: Instant,
): Promise<PortfolioReview> {
  const verdicts = [...model.bands.map(({ id }) => id), UNKNOWN]
  const trend = await readTrend(db, accounts, at)
  const programme = await readProgramme(db, new Set(accounts.map(({ key }) => key)), at)
  return portfolioReview(accounts, verdicts, { at, trend, programme })
}

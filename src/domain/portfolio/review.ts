import type { DigestAccount } from '../digests/digest-account.ts'
import { renewsWithinHorizon } from '../digests/digest-status.ts'
import type { Verdict } from '../scoring/settle.ts'
import type { Instant } from '../time/instant.ts'

/** What people did in a week. */
export type Programme = {
  readonly opened: number
  readonly claimed: number
  readonly resolved: number
  readonly tasksDone: number
  readonly pulses: number
}

/** The mean of the scores shown, now and before; undefined where nothing was scored. */
export type Trend = { readonly now?: number; readonly weekAgo?: number; readonly monthAgo?: number }

export type PortfolioReview = {
  readonly trend: Trend
  /** In the order of the bands, then what is not known; only those with accounts. */
  readonly bands: readonly { readonly verdict: Verdict; readonly accounts: number; readonly arr: number }[]
  /** Soonest first, healthy or not. */
  readonly renewals: readonly DigestAccount[]
  readonly programme: Programme
  readonly unowned: readonly DigestAccount[]
}

/** The portfolio at a glance, as of an instant. */
export function portfolioReview(
  accounts: readonly DigestAccount[],
  verdicts: readonly Verdict[],
  { at, trend, programme }: { readonly at: Instant; readonly trend: Trend; readonly programme: Programme },
): PortfolioReview {
  return {
    trend,
    programme,
    bands: verdicts
      .map(verdict => {
        const of = accounts.filter(account => account.verdict === verdict)
        return { verdict, accounts: of.length, arr: of.reduce((sum, { arr }) => sum + (arr ?? 0), 0) }
      })
      .filter(({ accounts }) => accounts > 0),
    renewals: accounts
      .filter(({ renewalOn }) => renewsWithinHorizon(renewalOn, at))
      .sort((a, b) => ((a.renewalOn ?? '') < (b.renewalOn ?? '') ? -1 : 1)),
    unowned: accounts.filter(({ owner }) => owner === undefined),
  }
}

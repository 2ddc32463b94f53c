import type { PortfolioLine } from '../store/portfolio/portfolio.ts'

/** One account in a list: an entry of `list --json`. */
export function accountLineDocument({ id, shown, verdict, change, arr, owner, renewalOn }: PortfolioLine) {
  return {
    account: id,
    shown: shown ?? null,
    verdict,
    change_30d: change ?? null,
    arr: arr ?? null,
    owner: owner ?? null,
    renewal_on: renewalOn ?? null,
  }
}

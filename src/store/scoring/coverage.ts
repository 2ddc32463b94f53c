import { UNKNOWN } from '../../domain/scoring/settle.ts'
import { isCustomerKey } from '../accounts/customers.ts'
import type { Db } from '../tables.ts'

/** How much is known of the portfolio, by the newest scoring of each account. */
export type PortfolioCoverage = {
  readonly accounts: number
  readonly scored: number
  /** Without a verdict: too little is known, or not scored yet. */
  readonly unknown: number
  /** The mean coverage of those scored, 0-1. */
  readonly mean?: number
  /** The mean of the shown scores. */
  readonly score?: number
}

export async function portfolioCoverage(db: Db): Promise<PortfolioCoverage> {
  const rows = await db
    .selectFrom('accounts')
    .leftJoin('current_status', 'current_status.account', 'accounts.key')
    .where(isCustomerKey('accounts.key'))
    .select(({ fn }) => [
      'current_status.verdict',
      fn.count<number>('accounts.key').as('accounts'),
      fn.count<number>('current_status.account').as('scored'),
      fn.sum<number | null>('current_status.coverage').as('coverage'),
      fn.count<number>('current_status.shown').as('shown'),
      fn.sum<number | null>('current_status.shown').as('points'),
    ])
    .groupBy('current_status.verdict')
    .execute()
  const total = (value: (row: (typeof rows)[number]) => number) => rows.reduce((sum, row) => sum + value(row), 0)
  const scored = total(row => Number(row.scored))
  const shown = total(row => Number(row.shown))
  return {
    accounts: total(row => Number(row.accounts)),
    scored,
    unknown: total(row => (row.verdict === null || row.verdict === UNKNOWN ? Number(row.accounts) : 0)),
    ...(scored > 0 && { mean: total(row => row.coverage ?? 0) / scored }),
    ...(shown > 0 && { score: total(row => row.points ?? 0) / shown }),
  }
}

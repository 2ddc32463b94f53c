import { sql } from 'kysely'
import type { Instant } from '../domain/instant.ts'
import { numberIn } from '../domain/number.ts'
import { UNKNOWN } from '../domain/settle.ts'
import type { Db } from './tables.ts'

/** One line of the portfolio: what is told about an account, and what it is worth. */
export type PortfolioLine = {
  readonly key: number
  readonly id: string
  readonly name: string
  readonly scoredAt?: Instant
  readonly shown?: number
  readonly verdict: string
  readonly role?: string
  readonly expansionReady: boolean
  /** Unrounded, over 30 days. */
  readonly change?: number
  readonly reason: string
  readonly segment?: string
  readonly owner?: string
  readonly arr?: number
  readonly renewalOn?: string
}

/** Every account with its newest standing and its attributes as of `now`. */
export async function readPortfolio(db: Db, now: Instant): Promise<PortfolioLine[]> {
  const rows = await db
    .selectFrom('accounts')
    .leftJoin('standings', 'standings.account', 'accounts.key')
    .select(['accounts.key', 'accounts.id', 'accounts.name'])
    .select(['at', 'shown', 'verdict', 'role', 'expansion_ready', 'change_30d', 'reason'])
    .select([
      attributeAt('segment', now).as('segment'),
      attributeAt('owner', now).as('owner'),
      attributeAt('arr', now).as('arr'),
      attributeAt('renewal_on', now).as('renewal_on'),
    ])
    .orderBy('accounts.key')
    .execute()
  return rows.map(row => {
    const arr = numberIn(row.arr ?? undefined)
    return {
      key: row.key,
      id: row.id,
      name: row.name,
      verdict: row.verdict ?? UNKNOWN,
      expansionReady: row.expansion_ready === 1,
      reason: row.reason ?? 'Not scored yet',
      ...(row.at !== null && { scoredAt: row.at }),
      ...(row.shown !== null && { shown: row.shown }),
      ...(row.role !== null && { role: row.role }),
      ...(row.change_30d !== null && { change: row.change_30d }),
      ...(row.segment !== null && { segment: row.segment }),
      ...(row.owner !== null && { owner: row.owner }),
      ...(arr !== undefined && { arr }),
      ...(row.renewal_on !== null && { renewalOn: row.renewal_on }),
    }
  })
}

/** The newest value known at an instant; before the first one, that first one. */
function attributeAt(attribute: string, at: Instant) {
  return sql<string | null>`(
    select value from account_attributes as known
    where known.account = accounts.key and known.attribute = ${attribute}
    order by (known.known_from <= ${at}) desc, abs(known.known_from - ${at}) limit 1)`
}

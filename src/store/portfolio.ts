import { attributesOf } from '../domain/account.ts'
import { groupedBy } from '../domain/grouped.ts'
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

/** So many accounts are worth being looked up one by one. */
const FEW = 500

const SHOWN_ATTRIBUTES = ['segment', 'owner', 'arr', 'renewal_on'] as const

/** Every account with its newest standing and its attributes as of `now`. */
export async function readPortfolio(db: Db, now: Instant): Promise<PortfolioLine[]> {
  const rows = await db
    .selectFrom('accounts')
    .leftJoin('standings', 'standings.account', 'accounts.key')
    .select(['accounts.key', 'accounts.id', 'accounts.name'])
    .select(['at', 'shown', 'verdict', 'role', 'expansion_ready', 'change_30d', 'reason'])
    .orderBy('accounts.key')
    .execute()
  const attributes = await shownAttributes(db, now)
  return rows.map(row => ({
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
    ...attributes(row.key),
  }))
}

export type ShownAttributes = Pick<PortfolioLine, 'segment' | 'owner' | 'arr' | 'renewalOn'>

/** Of every account, or of these. */
export async function shownAttributes(
  db: Db,
  now: Instant,
  accounts?: readonly number[],
): Promise<(account: number) => ShownAttributes> {
  const ofAll = db.selectFrom('account_attributes').selectAll().where('attribute', 'in', SHOWN_ATTRIBUTES)
  const few = accounts !== undefined && accounts.length <= FEW
  const rows = await (few ? ofAll.where('account', 'in', accounts) : ofAll)
    .orderBy('account')
    .orderBy('attribute')
    .orderBy('known_from')
    .execute()
  const byAccount = groupedBy(rows, row => row.account)
  return account => {
    const values = groupedBy(byAccount.get(account) ?? [], row => row.attribute)
    const attribute = attributesOf(
      new Map(
        [...values].map(([name, of]) => [
          name,
          of.map(row => ({ from: row.known_from, value: row.value ?? undefined })),
        ]),
      ),
    )
    const [segment, owner, arrText, renewalOn] = SHOWN_ATTRIBUTES.map(name => attribute(name, now))
    const arr = numberIn(arrText)
    return {
      ...(segment !== undefined && { segment }),
      ...(owner !== undefined && { owner }),
      ...(arr !== undefined && { arr }),
      ...(renewalOn !== undefined && { renewalOn }),
    }
  }
}

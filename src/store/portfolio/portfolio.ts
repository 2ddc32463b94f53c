import { sql } from 'kysely'
import { numberIn } from '../../domain/number.ts'
import { UNKNOWN } from '../../domain/scoring/settle.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { isCustomerKey } from '../accounts/customers.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'

/** One line of the portfolio: what is shown about an account, and what it is worth. */
export type PortfolioLine = {
  readonly key: number
  readonly id: string
  readonly name: string
  readonly scoredAt?: Instant
  readonly shown?: number
  readonly verdict: string
  readonly role?: string
  readonly expansionReady: boolean
  /** Over 30 days, as people see it. */
  readonly change?: number
  readonly reason: string
  readonly segment?: string
  readonly owner?: string
  readonly arr?: number
  /** Of its ARR. */
  readonly currency?: string
  readonly renewalOn?: string
}

/** Every customer with its newest status, and its attributes as of `now`. */
export async function readPortfolio(db: Db, now: Instant): Promise<PortfolioLine[]> {
  const rows = await linesAt(db, now).where(isCustomerKey('accounts.key')).orderBy('accounts.key').execute()
  return rows.map(lineOf)
}

/** The same for every account, retired ones too. */
export async function readEveryAccount(db: Db, now: Instant): Promise<PortfolioLine[]> {
  const rows = await linesAt(db, now).orderBy('accounts.key').execute()
  return rows.map(lineOf)
}

/** The lines of a few accounts, by their keys. */
export async function readLines(db: Db, now: Instant, keys: readonly number[]): Promise<Map<number, PortfolioLine>> {
  if (keys.length === 0) return new Map()
  const rows = await linesAt(db, now).where('accounts.key', 'in', keys).execute()
  return new Map(rows.map(row => [row.key, lineOf(row)]))
}

function linesAt(db: Db, now: Instant) {
  return db
    .selectFrom('accounts')
    .leftJoin('current_status', 'current_status.account', 'accounts.key')
    .select(['accounts.key', 'accounts.id', 'accounts.name'])
    .select(['at', 'shown', 'verdict', 'role', 'expansion_ready', 'change_30d', 'reason'])
    .select(shownAt(now))
}

type LineRow = Awaited<ReturnType<ReturnType<typeof linesAt>['execute']>>[number]

function lineOf(row: LineRow): PortfolioLine {
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
    ...shownOf(row),
  }
}

export type ShownAttributes = Pick<PortfolioLine, 'segment' | 'owner' | 'arr' | 'currency' | 'renewalOn'>

/** For some accounts, however many others there are. */
export async function shownAttributes(
  db: Db,
  now: Instant,
  accounts: readonly number[],
): Promise<(account: number) => ShownAttributes> {
  const byKey = new Map<number, ShownAttributes>()
  for (const part of slices([...new Set(accounts)])) {
    const shown = db.selectFrom('accounts').select('accounts.key').select(shownAt(now))
    for (const row of await shown.where('accounts.key', 'in', part).execute()) byKey.set(row.key, shownOf(row))
  }
  return account => byKey.get(account) ?? {}
}

type ShownRow = Record<'segment' | 'owner' | 'arr' | 'currency' | 'renewal_on', string | null>

function shownOf(row: ShownRow): ShownAttributes {
  const arr = numberIn(row.arr ?? undefined)
  return {
    ...(row.segment !== null && { segment: row.segment }),
    ...(row.owner !== null && { owner: row.owner }),
    ...(arr !== undefined && { arr }),
    ...(row.currency !== null && { currency: row.currency }),
    ...(row.renewal_on !== null && { renewalOn: row.renewal_on }),
  }
}

function shownAt(now: Instant) {
  return [
    attributeAt('segment', now).as('segment'),
    attributeAt('owner', now).as('owner'),
    attributeAt('arr', now).as('arr'),
    attributeAt('currency', now).as('currency'),
    attributeAt('renewal_on', now).as('renewal_on'),
  ] as const
}

/** The newest value known at an instant; before the first one, the first one. */
function attributeAt(attribute: string, at: Instant) {
  return sql<string | null>`(
    select value from account_attributes as known
    where known.account = accounts.key and known.attribute = ${attribute}
    order by (known.known_from <= ${at}) desc, abs(known.known_from - ${at}) limit 1)`
}

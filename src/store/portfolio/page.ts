import { sql } from 'kysely'
import { fallenFirst, type Ranked, worstFirst } from '../../domain/portfolio/portfolio.ts'
import { UNKNOWN } from '../../domain/scoring/settle.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { accountKeysOwnedBy } from '../accounts/owned-accounts.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'
import { areAllScored } from './all-scored.ts'
import { countWanted } from './count-wanted.ts'
import { type PortfolioLine, readLines } from './portfolio.ts'
import { isPart, mayBeUnscored, type PageWanted, scoredAs, unscored } from './wanted.ts'

/** `total` is how many there are; with `isMore`, there are more. */
export type PageOfPortfolio = {
  readonly lines: readonly PortfolioLine[]
  readonly total: number
  readonly isMore?: boolean
}

const MOST_COUNTED = 10_000

/**
 * The worst accounts by `domain/portfolio` (`worstFirst`, or `fallenFirst` if only those that fell are wanted), and how
 * many there are. The index has them in that order, so that a large portfolio costs no more than what is shown.
 */
export async function readPage(db: Db, now: Instant, wanted: PageWanted): Promise<PageOfPortfolio> {
  const order = wanted.isFalling ? fallenFirst : worstFirst
  const { skip = 0, mostCounted = MOST_COUNTED } = wanted
  const end = skip + wanted.most
  if (isPicked(wanted)) {
    const all =
      wanted.owner === undefined ? await ranksOf(db, { ...wanted, most: ALL }) : await ownedRanks(db, wanted.owner, now)
    const picked = all.filter(rank => isWanted(rank, wanted)).sort(order)
    return { lines: await linesOf(db, now, picked.slice(skip, end)), total: picked.length }
  }
  const page = (await ranksOf(db, { ...wanted, most: end })).sort(order)
  const lines = await linesOf(db, now, page.slice(skip, end))
  const total = await countWanted(db, wanted, mostCounted + 1)
  return total > mostCounted && isPart(wanted) ? { lines, total: mostCounted, isMore: true } : { lines, total }
}

/** Whether no index leads to them, so that all are looked at. */
function isPicked({ owner, among, isRising = false }: PageWanted): boolean {
  return owner !== undefined || among !== undefined || isRising
}

const ALL = 1_000_000_000

async function ranksOf(db: Db, wanted: PageWanted): Promise<Rank[]> {
  return [...(await scoredRanks(db, wanted)), ...(await unscoredRanks(db, wanted))]
}

type Rank = Ranked & { readonly key: number; readonly isRetired: boolean }

function isWanted({ key, verdict, change, isRetired }: Rank, wanted: PageWanted): boolean {
  return (
    (wanted.among?.has(key) ?? true) &&
    (!wanted.isRising || (change ?? 0) > 0) &&
    isRetired === (wanted.isRetired ?? false) &&
    (wanted.verdict === undefined || verdict === wanted.verdict) &&
    (!wanted.isFalling || (change ?? 0) < 0)
  )
}

async function linesOf(db: Db, now: Instant, page: readonly Rank[]): Promise<PortfolioLine[]> {
  const lines = await readLines(
    db,
    now,
    page.map(({ key }) => key),
  )
  return page.flatMap(({ key }) => lines.get(key) ?? [])
}

/** Looks at all accounts of an owner: they are few compared with all accounts. */
async function ownedRanks(db: Db, owner: string, now: Instant): Promise<Rank[]> {
  const keys = await accountKeysOwnedBy(db, owner, now)
  const ranks: Rank[] = []
  for (const part of slices(keys)) {
    const rows = await db
      .selectFrom('accounts')
      .leftJoin('current_status', 'current_status.account', 'accounts.key')
      .leftJoin('retired_accounts', 'retired_accounts.account', 'accounts.key')
      .select([...RANK, 'retired_accounts.account as retired'])
      .where('accounts.key', 'in', part)
      .execute()
    ranks.push(...rows.map(row => rankOf(row, row.retired !== null)))
  }
  return ranks
}

/** The first accounts of each verdict, or of those that fell. */
async function scoredRanks(db: Db, wanted: PageWanted): Promise<Rank[]> {
  const { verdict, isFalling = false, isRetired = false, most } = wanted
  const ranked = scoredAs(db, wanted)
    .innerJoin('accounts', 'accounts.key', 'current_status.account')
    .select(RANK)
    .$if(isFalling, ranked => ranked.orderBy('change_30d'))
    .orderBy(sql`coalesce(shown, 101)`)
    .orderBy(sql`coalesce(change_30d, 0)`)
    .orderBy('accounts.id')
    .limit(most)
  const isWhole = verdict === undefined && !isFalling
  const parts = isWhole ? (await verdictsIn(db, isRetired)).map(each => ranked.where('verdict', '=', each)) : [ranked]
  const ranks: Rank[] = []
  for (const part of parts) ranks.push(...(await part.execute()).map(row => rankOf(row, isRetired)))
  return ranks
}

async function unscoredRanks(db: Db, wanted: PageWanted): Promise<Rank[]> {
  if (!mayBeUnscored(wanted) || (await areAllScored(db))) return []
  const rows = await unscored(db, wanted)
    .select(['accounts.key', 'accounts.id'])
    .orderBy('accounts.id')
    .limit(wanted.most)
    .execute()
  return rows.map(({ key, id }) => ({ key, id, verdict: UNKNOWN, isRetired: wanted.isRetired ?? false }))
}

/** The verdicts that occur, each found by one seek. */
async function verdictsIn(db: Db, isRetired: boolean): Promise<string[]> {
  const verdicts: string[] = []
  for (;;) {
    const { next } = await db
      .selectFrom('current_status')
      .select(({ fn }) => fn.min('verdict').as('next'))
      .where('is_retired', '=', isRetired ? 1 : 0)
      .where('verdict', '>', verdicts.at(-1) ?? '')
      .executeTakeFirstOrThrow()
    if (next === null) return verdicts
    verdicts.push(next)
  }
}

const RANK = [
  'accounts.key',
  'accounts.id',
  'current_status.verdict',
  'current_status.shown',
  'current_status.change_30d',
] as const

type RankRow = {
  readonly key: number
  readonly id: string
  readonly verdict: string | null
  readonly shown: number | null
  readonly change_30d: number | null
}

function rankOf({ key, id, verdict, shown, change_30d }: RankRow, isRetired: boolean): Rank {
  return {
    ...{ key, id, isRetired, verdict: verdict ?? UNKNOWN },
    ...(shown !== null && { shown }),
    ...(change_30d !== null && { change: change_30d }),
  }
}

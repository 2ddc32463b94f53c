import type { Instant } from '../../domain/time/instant.ts'
import { retiredAmong } from '../accounts/customers.ts'
import type { Db } from '../tables.ts'
import { type PortfolioLine, readLines } from './portfolio.ts'

export type ListedLine = PortfolioLine & { readonly isRetired: boolean }

/** Accounts that are looked at at a time. */
const SLICE = 500

/**
 * Up to `most` matching accounts after one of them, in the order of their ids. `isMore` says whether others may follow.
 * No more than a slice of accounts is in memory, however many there are.
 */
export async function readAccountsById(
  db: Db,
  now: Instant,
  { after = '', most, isWanted }: { after?: string | undefined; most: number; isWanted(line: ListedLine): boolean },
): Promise<{ readonly lines: readonly ListedLine[]; readonly isMore: boolean }> {
  const lines: ListedLine[] = []
  let last = after
  for (;;) {
    const page = await db
      .selectFrom('accounts')
      .select(['key', 'id'])
      .where('id', '>', last)
      .orderBy('id')
      .limit(SLICE)
      .execute()
    const keys = page.map(({ key }) => key)
    const [found, retired] = [await readLines(db, now, keys), await retiredAmong(db, keys)]
    for (const { key } of page) {
      const line = found.get(key)
      if (line === undefined) continue
      const listed = { ...line, isRetired: retired.has(key) }
      if (isWanted(listed)) lines.push(listed)
      if (lines.length > most) return { lines: lines.slice(0, most), isMore: true }
    }
    last = page.at(-1)?.id ?? last
    if (page.length < SLICE) return { lines, isMore: false }
  }
}

import type { Alert } from '../../domain/alerts/alert.ts'
import { groupedBy } from '../../domain/grouped.ts'
import { numberIn } from '../../domain/number.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { attributeOfAll } from '../accounts/attribute-of-all.ts'
import { accountsOwnedBy } from '../accounts/owned-accounts.ts'
import { alertOf } from '../alerts/alert-of.ts'
import { type PortfolioLine, readLines } from '../portfolio/portfolio.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'

/** An account of a person's book: its line, its score unrounded, and its open alerts. */
export type BookLine = PortfolioLine & { readonly score?: number; readonly alerts: readonly Alert[] }

/** The customers that a person owns now. */
export async function readBook(db: Db, owner: string, now: Instant): Promise<BookLine[]> {
  const owned = await accountsOwnedBy(db, owner, now)
  return readBookOf(
    db,
    owned.map(({ account }) => account.key),
    now,
  )
}

/** The same for any accounts, by their keys. */
export async function readBookOf(db: Db, accounts: readonly number[], now: Instant): Promise<BookLine[]> {
  const book: BookLine[] = []
  for (const part of slices(accounts)) {
    const lines = await readLines(db, now, part)
    const scores = await db
      .selectFrom('current_status')
      .select(['account', 'score'])
      .where('account', 'in', part)
      .execute()
    const alerts = await db
      .selectFrom('alerts')
      .selectAll()
      .where('account', 'in', part)
      .where('state', '!=', 'resolved')
      .orderBy('opened_at')
      .execute()
    const scoreOf = new Map(scores.map(({ account, score }) => [account, score]))
    const open = groupedBy(alerts, ({ account }) => account)
    for (const line of lines.values()) {
      const score = scoreOf.get(line.key) ?? undefined
      book.push({ ...line, ...(score !== undefined && { score }), alerts: (open.get(line.key) ?? []).map(alertOf) })
    }
  }
  return book
}

/** The ARR of each customer that has one. */
export async function knownArr(db: Db, now: Instant): Promise<number[]> {
  const retired = await db.selectFrom('retired_accounts').select('account').execute()
  const gone = new Set(retired.map(({ account }) => account))
  const arr = await attributeOfAll(db, 'arr', now)
  return [...arr].flatMap(([account, { value }]) => (gone.has(account) ? [] : (numberIn(value) ?? [])))
}

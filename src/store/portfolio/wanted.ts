import { sql } from 'kysely'
import { UNKNOWN } from '../../domain/scoring/settle.ts'
import { isCustomerKey } from '../accounts/customers.ts'
import type { Db } from '../tables.ts'

export type PageWanted = {
  /** Only these: the accounts of a verdict, those whose score fell, those of an owner. */
  readonly verdict?: string
  readonly isFalling?: boolean
  readonly isRising?: boolean
  readonly owner?: string
  /** Only accounts with these keys. */
  readonly among?: ReadonlySet<number>
  /** Those that are not customers anymore, instead of the customers. */
  readonly isRetired?: boolean
  /** How many of the first to skip. */
  readonly skip?: number
  readonly most: number
  /** Up to how many accounts of a part of a portfolio are counted: 10,000 if absent. */
  readonly mostCounted?: number
}

/** Whether an index leads to this part of the portfolio. */
export function isPart({ verdict, isFalling = false }: PageWanted): boolean {
  return verdict !== undefined || isFalling
}

/** The statuses that match, of accounts that were scored. */
export function scoredAs(db: Db, { verdict, isFalling = false, isRetired = false }: PageWanted) {
  return db
    .selectFrom('current_status')
    .where('is_retired', '=', isRetired ? 1 : 0)
    .$if(verdict !== undefined, scored => scored.where('verdict', '=', verdict ?? ''))
    .$if(isFalling, scored => scored.where(isFall))
}

/** A literal, so that SQLite sees that the index of the fallen applies. */
const isFall = sql<boolean>`change_30d < 0`

export function mayBeUnscored({ verdict, isFalling = false }: PageWanted): boolean {
  return !isFalling && (verdict === undefined || verdict === UNKNOWN)
}

/** Accounts that were never scored; as customers, they are due. */
export function unscored(db: Db, { isRetired = false }: PageWanted) {
  const waiting = isRetired
    ? db.selectFrom('retired_accounts as waiting').innerJoin('accounts', 'accounts.key', 'waiting.account')
    : db.selectFrom('due_accounts as waiting').innerJoin('accounts', 'accounts.key', 'waiting.account')
  return waiting
    .leftJoin('current_status', 'current_status.account', 'waiting.account')
    .where('current_status.account', 'is', null)
    .$if(!isRetired, waiting => waiting.where(isCustomerKey('waiting.account')))
}

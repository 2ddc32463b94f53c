import type { ChanceFit } from '../../domain/outcomes/chance/chance.ts'
import type { Chance } from '../../domain/outcomes/statistics/venn-abers.ts'
import type { Floor } from '../../domain/outcomes/trust/trust.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { inTransaction } from '../engine/transaction.ts'
import { readMeta, saveMeta } from '../meta.ts'
import type { Db } from '../tables.ts'

/** Results of the last look at outcomes, stored so that nobody has to wait for them. */
export type StoredChances = {
  readonly fit: ChanceFit
  readonly at: Instant
  /** Another model scored before, and nobody has looked at a backtest of this one. */
  readonly isUnseen: boolean
  /** The ARR of the customers at risk, and what is expected to be lost of the ARR of all. */
  readonly arrAtRisk: number
  readonly loss?: Chance
}

export type StoredTrust = { readonly version: string; readonly at: Instant; readonly floors: readonly Floor[] }

const [CHANCES, TRUST, REVIEWED] = ['chances', 'trust', 'trust.reviewed']

export function saveChances(db: Db, chances: StoredChances): Promise<void> {
  return save(db, CHANCES, chances)
}

export function storedChancesOrNone(db: Db): Promise<StoredChances | undefined> {
  return load<StoredChances>(db, CHANCES)
}

export function saveTrust(db: Db, trust: StoredTrust): Promise<void> {
  return save(db, TRUST, trust)
}

export function storedTrustOrNone(db: Db): Promise<StoredTrust | undefined> {
  return load<StoredTrust>(db, TRUST)
}

/** The report that the last quarterly review showed. */
export function saveReviewed(db: Db, trust: StoredTrust): Promise<void> {
  return save(db, REVIEWED, trust)
}

export function reviewedOrNone(db: Db): Promise<StoredTrust | undefined> {
  return load<StoredTrust>(db, REVIEWED)
}

/** Records that somebody has looked at a backtest of this version: its chances can be shown from now on. */
export function saveBacktested(db: Db, version: string, at: Instant): Promise<void> {
  return inTransaction(db, async db => {
    await save(db, `backtested:${version}`, { at })
    const chances = await storedChancesOrNone(db)
    if (chances?.fit.version === version) await saveChances(db, { ...chances, isUnseen: false })
  })
}

export async function wasBacktested(db: Db, version: string): Promise<boolean> {
  return (await load(db, `backtested:${version}`)) !== undefined
}

/** Undefined when the mark is new; else who made it before. */
export async function markReviewDone(
  db: Db,
  quarter: string,
  mark: { readonly by: string; readonly at: Instant },
): Promise<{ readonly by: string; readonly at: Instant } | undefined> {
  const name = `review.done:${quarter}`
  const before = await load<typeof mark>(db, name)
  if (before === undefined) await save(db, name, mark)
  return before
}

/** Whether another version has scored accounts, or was in use. */
export async function hasOtherModel(db: Db, version: string): Promise<boolean> {
  return (
    (await db.selectFrom('models').select('key').where('version', '!=', version).limit(1).executeTakeFirst()) !==
    undefined
  )
}

function save(db: Db, name: string, content: unknown): Promise<void> {
  return saveMeta(db, name, JSON.stringify(content))
}

async function load<T>(db: Db, name: string): Promise<T | undefined> {
  const mark = await readMeta(db, name)
  return mark === undefined ? undefined : (JSON.parse(mark) as T)
}

import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

/** One thing that is fetched from a source, such as a metric of a warehouse. */
export type PullKey = { readonly source: string; readonly name: string }

/** How far a pull has got, and when it is due again; `fault` is why it failed last. */
export type PullState = {
  readonly cursor: Instant | undefined
  readonly nextAt: Instant
  readonly fault: string | undefined
}

export async function pullState(db: Db, { source, name }: PullKey): Promise<PullState> {
  const row = await db
    .selectFrom('pulls')
    .selectAll()
    .where('source', '=', source)
    .where('name', '=', name)
    .executeTakeFirst()
  return { cursor: row?.cursor ?? undefined, nextAt: row?.next_at ?? 0, fault: row?.fault ?? undefined }
}

/** Saves how far a pull has got, in the transaction that writes what it fetched. */
export function saveCursor(db: Db, key: PullKey, cursor: Instant): Promise<void> {
  return save(db, key, { cursor })
}

/** Records when a pull is due again, after it succeeded or failed. */
export function endPull(db: Db, key: PullKey, nextAt: Instant, fault?: string): Promise<void> {
  return save(db, key, { next_at: nextAt, fault: fault ?? null })
}

/** The pulls that failed last, and why. */
export async function failedPulls(db: Db): Promise<(PullKey & { readonly fault: string })[]> {
  const rows = await db
    .selectFrom('pulls')
    .select(['source', 'name', 'fault'])
    .where('fault', 'is not', null)
    .orderBy('source')
    .orderBy('name')
    .execute()
  return rows.flatMap(({ fault, ...key }) => (fault === null ? [] : [{ ...key, fault }]))
}

type Change = { readonly cursor?: number; readonly next_at?: number; readonly fault?: string | null }

async function save(db: Db, key: PullKey, change: Change): Promise<void> {
  await db
    .insertInto('pulls')
    .values({ ...key, cursor: null, next_at: 0, fault: null, ...change })
    .onConflict(conflict => conflict.columns(['source', 'name']).doUpdateSet(change))
    .execute()
}

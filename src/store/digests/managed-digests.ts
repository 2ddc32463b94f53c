import type { Instant } from '../../domain/time/instant.ts'
import { inTransaction } from '../engine/transaction.ts'
import { readMeta, saveMeta } from '../meta.ts'
import type { Db } from '../tables.ts'

/** A digest made, changed or paused in chat; without a definition it is one of the file that was merely paused. */
export type ManagedDigest = { readonly name: string; readonly definition?: string; readonly isPaused: boolean }

export async function readManagedDigests(db: Db): Promise<ManagedDigest[]> {
  const rows = await db
    .selectFrom('managed_digests')
    .select(['name', 'definition', 'is_paused'])
    .orderBy('name')
    .execute()
  return rows.map(({ name, definition, is_paused }) => ({
    name,
    isPaused: is_paused === 1,
    ...(definition !== null && { definition }),
  }))
}

const CHANGES = 'digest_changes'

/**
 * How often digests were made, changed or paused in chat: while the number stays the same, what was read of them still
 * holds.
 */
export async function countDigestChanges(db: Db): Promise<number> {
  return Number((await readMeta(db, CHANGES)) ?? 0)
}

export async function saveManagedDigest(
  db: Db,
  { name, definition = null, isPaused }: Omit<ManagedDigest, 'definition'> & { readonly definition?: string | null },
  by: string,
  at: Instant,
): Promise<void> {
  const row = { definition, is_paused: isPaused ? 1 : 0, changed_at: at, changed_by: by }
  await inTransaction(db, async db => {
    await db
      .insertInto('managed_digests')
      .values({ name, ...row })
      .onConflict(conflict => conflict.column('name').doUpdateSet(row))
      .execute()
    await saveMeta(db, CHANGES, String((await countDigestChanges(db)) + 1))
  })
}

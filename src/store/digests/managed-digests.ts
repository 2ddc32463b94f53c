import type { Instant } from '../../domain/time/instant.ts'
import type { Connection } from '../engine/sqlite/database.ts'
import type { Db } from '../tables.ts'

/** A digest made, changed or paused in chat; without a definition it is one of the file that was merely paused. */
export type ManagedDigest = { readonly name: string; readonly definition?: string; readonly isPaused: boolean }

/** Read by the bare connection: settings are asked for in places that cannot wait. */
export function readManagedDigests({ sqlite }: Pick<Connection, 'sqlite'>): ManagedDigest[] {
  const rows = sqlite
    .prepare<[], { name: string; definition: string | null; is_paused: number }>(
      'select name, definition, is_paused from managed_digests order by name',
    )
    .all()
  return rows.map(({ name, definition, is_paused }) => ({
    name,
    isPaused: is_paused === 1,
    ...(definition !== null && { definition }),
  }))
}

export async function saveManagedDigest(
  db: Db,
  { name, definition = null, isPaused }: Omit<ManagedDigest, 'definition'> & { readonly definition?: string | null },
  by: string,
  at: Instant,
): Promise<void> {
  const row = { definition, is_paused: isPaused ? 1 : 0, changed_at: at, changed_by: by }
  await db
    .insertInto('managed_digests')
    .values({ name, ...row })
    .onConflict(conflict => conflict.column('name').doUpdateSet(row))
    .execute()
}

import type { Db } from '../tables.ts'

/** Adds to what each source sent. */
export async function countReceived(
  db: Db,
  signals: readonly { readonly source?: string | undefined }[],
): Promise<void> {
  const bySource = new Map<string, number>()
  for (const { source = '' } of signals) bySource.set(source, (bySource.get(source) ?? 0) + 1)
  for (const [source, received] of bySource) {
    await db
      .insertInto('source_counts')
      .values({ source, received, rejected: 0 })
      .onConflict(conflict =>
        conflict.column('source').doUpdateSet(({ eb }) => ({ received: eb('source_counts.received', '+', received) })),
      )
      .execute()
  }
}

/** Adds to what was rejected at a door; it counts under the door's own source, for what the row says is not to be trusted. */
export async function countRejected(db: Db, source: string, rejected: number): Promise<void> {
  if (rejected === 0) return
  await db
    .insertInto('source_counts')
    .values({ source, received: 0, rejected })
    .onConflict(conflict =>
      conflict.column('source').doUpdateSet(({ eb }) => ({ rejected: eb('source_counts.rejected', '+', rejected) })),
    )
    .execute()
}

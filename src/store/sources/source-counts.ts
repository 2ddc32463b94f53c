import type { Connection } from '../engine/sqlite/database.ts'
import type { Db } from '../tables.ts'

/** Adds to what each source sent. */
export function countReceived(
  { sqlite }: Connection,
  signals: readonly { readonly source?: string | undefined }[],
): void {
  const bySource = new Map<string, number>()
  for (const { source = '' } of signals) bySource.set(source, (bySource.get(source) ?? 0) + 1)
  const add = sqlite.prepare<[string, number]>(
    `insert into source_counts (source, received, rejected) values (?, ?, 0)
      on conflict (source) do update set received = received + excluded.received`,
  )
  sqlite
    .transaction(() => {
      for (const [source, count] of bySource) add.run(source, count)
    })
    .immediate()
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

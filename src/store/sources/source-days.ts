import type { SourceDay } from '../../domain/sources/source-report.ts'
import type { Day } from '../../domain/time/instant.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'

/** Adds to the counts of sources on days. */
export async function addToDays(db: Db, days: readonly SourceDay[]): Promise<void> {
  for (const part of slices(days, 200)) {
    await db
      .insertInto('source_days')
      .values([...part])
      .onConflict(conflict =>
        conflict.columns(['source', 'day']).doUpdateSet(({ eb, ref }) => ({
          received: eb('source_days.received', '+', ref('excluded.received')),
          rejected: eb('source_days.rejected', '+', ref('excluded.rejected')),
          lag: eb('source_days.lag', '+', ref('excluded.lag')),
        })),
      )
      .execute()
  }
}

/** By source, newest day first. */
export function readSourceDays(db: Db, since: Day): Promise<SourceDay[]> {
  return db
    .selectFrom('source_days')
    .selectAll()
    .where('day', '>=', since)
    .orderBy('source')
    .orderBy('day', 'desc')
    .execute()
}

import { compiledOnce } from '../compiled-once.ts'
import type { Db } from '../tables.ts'

/**
 * Whether anything is owed to anybody, now or later: a post, a change of one, or the outcome of what was being sent. All
 * that a sender asks twice a second where nothing is.
 */
export async function isAnythingOwed(db: Db): Promise<boolean> {
  return (await firstOwed(db)).length > 0
}

const firstOwed = compiledOnce(db =>
  db
    .selectFrom('outbox')
    .select('id')
    .where(({ eb, or, and, ref }) =>
      or([
        eb('state', 'in', ['pending', 'sending', 'unknown']),
        and([eb('state', '=', 'sent'), eb('version', '>', ref('shown_version'))]),
      ]),
    )
    .limit(1),
)

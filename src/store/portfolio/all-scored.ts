import { compiledOnce } from '../compiled-once.ts'
import type { Db } from '../tables.ts'

/**
 * Counts both, since searching for an account without a status would read every account, which takes a hundred times
 * longer.
 */
export async function areAllScored(db: Db): Promise<boolean> {
  const [counts] = await accountsAndStatuses(db)
  return counts?.accounts === counts?.statuses
}

const accountsAndStatuses = compiledOnce(db =>
  db.selectNoFrom(({ selectFrom }) => [
    selectFrom('accounts')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .as('accounts'),
    selectFrom('current_status')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .as('statuses'),
  ]),
)

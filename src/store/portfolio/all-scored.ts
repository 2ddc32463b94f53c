import { compiledOnce } from '../compiled-once.ts'
import type { Db } from '../tables.ts'

/** Looking for one without a status reads every account; counting both takes a hundredth of that. */
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

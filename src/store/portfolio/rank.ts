import { sql } from 'kysely'
import type { Rank } from '../../domain/scoring/score-format.ts'
import type { Db } from '../tables.ts'

/** The rank of an account with such a shown score among those that have one, itself included. */
export async function rankAmongOthers(db: Db, account: number, shown: number): Promise<Rank> {
  const others = counts(db).where('account', '!=', account)
  return placeAmong((await others.execute()).concat({ shown, accounts: 1 }), shown)
}

/** The rank of any shown score among those of all customers. */
export async function ranksOfShown(db: Db): Promise<(shown: number) => Rank> {
  const all = await counts(db).execute()
  return shown => placeAmong(all, shown)
}

type Count = { readonly shown: number; readonly accounts: number }

function placeAmong(all: readonly Count[], shown: number): Rank {
  const count = (some: readonly Count[]) => some.reduce((sum, { accounts }) => sum + Number(accounts), 0)
  const scored = all.filter(({ shown }) => shown < UNSCORED)
  return { place: count(scored.filter(other => other.shown > shown)) + 1, of: count(scored) }
}

/** The index's value for an account without a number. */
const UNSCORED = 101

/** How many customers have each shown score, verdict by verdict, in the order of the index that ranks them. */
function counts(db: Db) {
  const shown = sql<number>`coalesce(shown, 101)`
  return db
    .selectFrom('current_status')
    .select(({ fn }) => [shown.as('shown'), fn.countAll<number>().as('accounts')])
    .where('is_retired', '=', 0)
    .groupBy(['verdict', shown])
}

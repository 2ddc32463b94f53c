import type { Model } from '../../domain/model/model.ts'
import { chanceOf } from '../../domain/outcomes/chance/chance.ts'
import type { Chance } from '../../domain/outcomes/statistics/venn-abers.ts'
import { dayOf, type Instant } from '../../domain/time/instant.ts'
import { retirementOrNone } from '../../store/accounts/customers.ts'
import { type StoredChances, storedChancesOrNone } from '../../store/outcomes/study-marks.ts'
import type { Db } from '../../store/tables.ts'
import type { CheckedAccount } from '../accounts/check-account.ts'

/** What may be said of an account's chances, or why nothing is. */
export type ShownChance = { readonly chance?: Chance; readonly reason?: string }

/** Looks up by score what was worked out at the last scoring. */
export async function chanceLookup(
  db: Db,
  { version }: Model,
  at: Instant,
): Promise<(score: number | undefined) => ShownChance> {
  const kept = await storedChancesOrNone(db)
  return score => shownChance(kept, version, at, score)
}

/** The same by account; who left has no chance anymore. */
export async function chanceOfAccounts(
  db: Db,
  model: Model,
  at: Instant,
): Promise<(account: Pick<CheckedAccount, 'key' | 'health'>) => Promise<ShownChance>> {
  const chanceAt = await chanceLookup(db, model, at)
  return async ({ key, health }) =>
    (await retirementOrNone(db, key)) === undefined
      ? chanceAt(health.now.score?.value)
      : { reason: 'it is no longer a customer' }
}

export function shownChance(
  kept: StoredChances | undefined,
  version: string,
  at: Instant,
  score: number | undefined,
): ShownChance {
  if (kept === undefined) return { reason: 'it is worked out at each scoring, and none has run yet' }
  if (kept.fit.version !== version)
    return { reason: 'the model changed; a scoring and a backtest must run under the new one first' }
  if (kept.isUnseen) return { reason: 'the model changed; a backtest must run under the new one first' }
  // What happened since would speak of a day that did not know it.
  if (at < kept.at) return { reason: `it rests on outcomes up to ${dayOf(kept.at)}, and is given for later days only` }
  if (kept.fit.reason !== undefined) return { reason: kept.fit.reason }
  if (score === undefined) return { reason: 'the account has no score' }
  const chance = chanceOf(kept.fit, score)
  return chance === undefined ? { reason: 'nothing was worked out' } : { chance }
}

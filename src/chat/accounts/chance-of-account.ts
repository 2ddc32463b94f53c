import type { Model } from '../../domain/model/model.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { StoredChances } from '../../store/outcomes/study-marks.ts'
import type { AccountSummary } from '../../views/accounts/account-card.ts'
import { chanceSentence } from '../../views/outcomes/chance-text.ts'
import { shownChance } from '../../work/outcomes/shown-chance.ts'

/** How often accounts like this one left or shrank, if there are enough of them to say so. */
export function chanceOfAccount(
  kept: StoredChances | undefined,
  { version }: Model,
  { health, retirement }: AccountSummary,
  at: Instant,
): Pick<AccountSummary, 'chance'> {
  if (retirement !== undefined) return {}
  const { chance } = shownChance(kept, version, at, health.now.score?.value)
  return chance === undefined ? {} : { chance: chanceSentence(chance, kept?.fit.outcomes ?? 0) }
}

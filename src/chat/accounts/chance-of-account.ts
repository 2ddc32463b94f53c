import type { Context } from '../../context.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { keptChancesOrNone } from '../../store/outcomes/study-marks.ts'
import type { AccountSummary } from '../../views/accounts/account-card.ts'
import { chanceSentence } from '../../views/outcomes/chance-text.ts'
import { shownChance } from '../../work/outcomes/shown-chance.ts'

/** How often accounts like this left or shrank, where that may be said. */
export async function chanceOfAccount(
  { connection, settings }: Context,
  { health, retirement }: AccountSummary,
  at: Instant,
): Promise<Pick<AccountSummary, 'chance'>> {
  if (retirement !== undefined) return {}
  const kept = await keptChancesOrNone(connection.db)
  const { chance } = shownChance(kept, settings.model.version, at, health.now.score?.value)
  return chance === undefined ? {} : { chance: chanceSentence(chance, kept?.fit.outcomes ?? 0) }
}

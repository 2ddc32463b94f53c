import type { Context } from '../../context.ts'
import { assess } from '../../domain/scoring/score.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { ListedAccount } from '../../store/accounts/account-list.ts'
import { sinceCard } from '../../views/accounts/since-card.ts'
import type { Card } from '../../views/card.ts'
import { checkAccount } from '../../work/accounts/check-account.ts'

/** What moved an account's score since an instant. */
export async function movesCard(
  { connection, settings }: Pick<Context, 'connection' | 'settings'>,
  account: ListedAccount,
  { since, now, timeZone }: { readonly since: Instant; readonly now: Instant; readonly timeZone: string },
): Promise<Card> {
  const { model } = settings
  const { observed, health, verdict } = await checkAccount(connection, model, account, now)
  return sinceCard(model, account, assess(model, observed, since), health.now, verdict, timeZone)
}

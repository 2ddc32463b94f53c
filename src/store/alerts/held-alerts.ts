import { ALERT_KINDS, type AlertKind } from '../../domain/alerts/alert-kind.ts'
import { groupedBy } from '../../domain/grouped.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { type AccountKeys, isAmong } from '../engine/account-keys.ts'
import type { Db } from '../tables.ts'

/** The kinds that wait for a silent source, by account. */
export async function heldAlerts(db: Db, accounts: AccountKeys): Promise<Map<number, AlertKind[]>> {
  const rows = await db
    .selectFrom('held_alerts')
    .select(['account', 'kind'])
    .where(isAmong('account', accounts))
    .execute()
  return new Map(
    [...groupedBy(rows, ({ account }) => account)].map(([account, rows]) => [
      account,
      ALERT_KINDS.filter(known => rows.some(({ kind }) => kind === known)),
    ]),
  )
}

/** Replaces the kinds that wait for an account. */
export async function saveHeldAlerts(
  db: Db,
  account: number,
  kinds: readonly AlertKind[],
  since: Instant,
): Promise<void> {
  await db
    .deleteFrom('held_alerts')
    .where('account', '=', account)
    .where('kind', 'not in', ['', ...kinds])
    .execute()
  for (const kind of kinds) {
    await db
      .insertInto('held_alerts')
      .values({ account, kind, since })
      .onConflict(conflict => conflict.doNothing())
      .execute()
  }
}

import { ALERT_KINDS, type AlertKind } from '../../domain/alerts/alert-kind.ts'
import { groupedBy } from '../../domain/grouped.ts'
import type { OpenedAlert } from '../../domain/outcomes/review.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { type AccountKeys, isAmong } from '../engine/account-keys.ts'
import type { Db } from '../tables.ts'

/**
 * The alerts about some accounts that were opened at an instant, without those of muted rules, which only digests show.
 */
export async function alertsOpenedAt(
  db: Db,
  accounts: AccountKeys,
  at: Instant,
): Promise<Map<number, { id: string; kind: AlertKind }[]>> {
  const alerts = db.selectFrom('alerts').select(['id', 'account', 'kind']).where(isAmong('account', accounts))
  const rows = await alerts.where('opened_at', '=', at).where('is_muted', '=', 0).execute()
  const groups = groupedBy(rows, row => row.account)
  return new Map(
    [...groups].map(([account, of]) => [account, of.map(({ id, kind }) => ({ id, kind: kind as AlertKind }))]),
  )
}

/** The alerts that were opened since an instant, oldest first. */
export async function openedSince(db: Db, since: Instant): Promise<OpenedAlert[]> {
  const rows = await db
    .selectFrom('alerts')
    .select(['account', 'kind', 'opened_at'])
    .where('opened_at', '>=', since)
    .orderBy('opened_at')
    .execute()
  return rows.flatMap(({ account, kind, opened_at }) => {
    const known = ALERT_KINDS.find(known => known === kind)
    return known === undefined ? [] : [{ account, kind: known, openedAt: opened_at }]
  })
}

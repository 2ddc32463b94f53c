import type { Alert } from '../../domain/alerts/alert.ts'
import type { AlertKind } from '../../domain/alerts/alert-kind.ts'
import { groupedBy } from '../../domain/grouped.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { compiledOnce } from '../compiled-once.ts'
import { type AccountKeys, isAmong } from '../engine/account-keys.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'
import { addAlertEvents, changeAlerts } from './alert-changes.ts'
import { alertOf } from './alert-of.ts'

/** The alerts of these accounts, oldest first; of resolved ones, those that were open after an instant. */
export async function alertsByAccount(
  db: Db,
  accounts: AccountKeys,
  openAfter: Instant = 0,
): Promise<Map<number, Alert[]>> {
  const rows = await db
    .selectFrom('alerts')
    .selectAll()
    .where(isAmong('account', accounts))
    .where(({ eb, or }) => or([eb('resolved_at', 'is', null), eb('resolved_at', '>', openAfter)]))
    .orderBy('opened_at')
    .execute()
  const groups = groupedBy(rows, row => row.account)
  return new Map([...groups].map(([account, alerts]) => [account, alerts.map(alertOf)]))
}

/** Oldest first. */
export async function alertsOf(db: Db, account: number): Promise<Alert[]> {
  return (await alertRowsOf(db, account)).map(alertOf)
}

const alertRowsOf = compiledOnce((db, account: number) =>
  db.selectFrom('alerts').selectAll().where('account', '=', account).orderBy('opened_at'),
)

export type NewAlert = {
  readonly id: string
  readonly account: number
  readonly kind: AlertKind
  readonly at: Instant
  readonly reason: string
  /** The component, or `cap`, that explains it best. */
  readonly driver?: string
  /** Announced by digests only. */
  readonly isMuted?: boolean
}

/** Opens alerts, unless one of that account and kind is unresolved. */
export async function openAlerts(db: Db, alerts: readonly NewAlert[]): Promise<void> {
  for (const part of slices(alerts)) {
    const opened = await db
      .insertInto('alerts')
      .values(
        part.map(({ at, isMuted = false, ...alert }) => ({
          ...alert,
          state: 'open',
          opened_at: at,
          pending_news: 'opened',
          is_muted: Number(isMuted),
        })),
      )
      .onConflict(conflict => conflict.doNothing())
      .returningAll()
      .execute()
    await addAlertEvents(
      db,
      opened.map(row => ({ row, at: row.opened_at })),
    )
  }
}

/** Resolves an alert whose rule no longer holds; this is still to be announced. */
export async function resolveAlert(db: Db, account: number, kind: AlertKind, at: Instant): Promise<void> {
  await changeAlerts(db, at, alerts =>
    alerts
      .set({ state: 'resolved', resolved_at: at, pending_news: 'resolved' })
      .where('account', '=', account)
      .where('kind', '=', kind)
      .where('state', '!=', 'resolved'),
  )
}

/** Ends an account's open alerts for a reason; this is still to be announced, unless the alert itself never was. */
export async function endAlerts(db: Db, account: number, reason: string, at: Instant): Promise<void> {
  await changeAlerts(db, at, alerts =>
    alerts
      .set(({ eb }) => ({
        state: 'resolved',
        resolved_at: at,
        resolution: reason,
        pending_news: eb.case().when('pending_news', '=', 'opened').then(null).else('resolved').end(),
        wakes_at: null,
        wakes_below: null,
      }))
      .where('account', '=', account)
      .where('state', '!=', 'resolved'),
  )
}

/** The unresolved alerts of one account, oldest first. */
export async function unresolvedAlerts(db: Db, account: number): Promise<Alert[]> {
  const rows = await db
    .selectFrom('alerts')
    .selectAll()
    .where('account', '=', account)
    .where('state', '!=', 'resolved')
    .orderBy('opened_at')
    .execute()
  return rows.map(alertOf)
}

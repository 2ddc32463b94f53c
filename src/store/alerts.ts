import type { Selectable } from 'kysely'
import type { Alert } from '../domain/alert.ts'
import type { AlertKind } from '../domain/alert-kind.ts'
import { groupedBy } from '../domain/grouped.ts'
import type { Instant } from '../domain/instant.ts'
import { slices } from './slices.ts'
import type { Db, Tables } from './tables.ts'
import type { KeyRange } from './window-scan.ts'

/** Every alert of the accounts in a range, resolved ones included, oldest first. */
export async function alertsByAccount(db: Db, accounts: KeyRange): Promise<Map<number, Alert[]>> {
  const rows = await db
    .selectFrom('alerts')
    .selectAll()
    .where('account', '>=', accounts.first)
    .where('account', '<=', accounts.last)
    .orderBy('opened_at')
    .execute()
  const groups = groupedBy(rows, row => row.account)
  return new Map([...groups].map(([account, alerts]) => [account, alerts.map(alertOf)]))
}

export type NewAlert = {
  readonly id: string
  readonly account: number
  readonly kind: AlertKind
  readonly at: Instant
  readonly reason: string
}

/** Opens alerts; one that is unresolved already for that account and kind stays the only one. */
export async function openAlerts(db: Db, alerts: readonly NewAlert[]): Promise<void> {
  for (const part of slices(alerts)) {
    await db
      .insertInto('alerts')
      .values(part.map(({ at, ...alert }) => ({ ...alert, state: 'open', opened_at: at })))
      .onConflict(conflict => conflict.doNothing())
      .execute()
  }
}

export async function resolveAlert(db: Db, account: number, kind: AlertKind, at: Instant): Promise<void> {
  await db
    .updateTable('alerts')
    .set({ state: 'resolved', resolved_at: at })
    .where('account', '=', account)
    .where('kind', '=', kind)
    .where('state', '!=', 'resolved')
    .execute()
}

/** One conditional write: of any number of simultaneous claims one is told true. */
export async function claimAlert(db: Db, id: string, by: string, at: Instant): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('alerts')
    .set({ state: 'claimed', claimed_by: by, claimed_at: at })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export type AlertOfAccount = Alert & { readonly account: { readonly id: string; readonly name: string } }

export async function findAlertOrNone(db: Db, id: string): Promise<AlertOfAccount | undefined> {
  const row = await db
    .selectFrom('alerts')
    .innerJoin('accounts', 'accounts.key', 'alerts.account')
    .selectAll('alerts')
    .select(['accounts.id as account_id', 'accounts.name as account_name'])
    .where('alerts.id', '=', id)
    .executeTakeFirst()
  return row && { ...alertOf(row), account: { id: row.account_id, name: row.account_name } }
}

function alertOf(row: Selectable<Tables['alerts']>): Alert {
  return {
    id: row.id,
    kind: row.kind as AlertKind,
    state: row.state as Alert['state'],
    openedAt: row.opened_at,
    reason: row.reason,
    ...(row.claimed_by !== null && { claimedBy: row.claimed_by }),
    ...(row.claimed_at !== null && { claimedAt: row.claimed_at }),
    ...(row.resolved_at !== null && { resolvedAt: row.resolved_at }),
  }
}

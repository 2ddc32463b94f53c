import type { Selectable } from 'kysely'
import type { Alert } from '../../domain/alerts/alert.ts'
import type { AlertKind } from '../../domain/alerts/alert-kind.ts'
import type { Tables } from '../tables.ts'

export function alertOf(row: Selectable<Tables['alerts']>): Alert {
  return {
    id: row.id,
    kind: row.kind as AlertKind,
    state: row.state as Alert['state'],
    openedAt: row.opened_at,
    reason: row.reason,
    ...(row.claimed_by !== null && { claimedBy: row.claimed_by }),
    ...(row.claimed_at !== null && { claimedAt: row.claimed_at }),
    ...(row.resolved_at !== null && { resolvedAt: row.resolved_at }),
    ...(row.driver !== null && { driver: row.driver }),
    ...(row.wakes_at !== null && { wakesAt: row.wakes_at }),
    ...(row.wakes_on !== null && { wakesOn: row.wakes_on }),
    ...(row.wakes_below !== null && { wakesBelow: row.wakes_below }),
    ...(row.reopened_at !== null && { reopenedAt: row.reopened_at }),
    ...(row.resolved_by !== null && { resolvedBy: row.resolved_by }),
    ...(row.resolution !== null && { resolution: row.resolution }),
  }
}

import type { AlertDetails } from '../../domain/alerts/alert-details.ts'
import type { AlertFeedback } from '../../domain/alerts/feedback.ts'
import { groupedBy } from '../../domain/grouped.ts'
import { UNKNOWN } from '../../domain/scoring/settle.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { namingPeople } from '../people/leavers.ts'
import { shownAttributes } from '../portfolio/portfolio.ts'
import { statusesAtEnd } from '../scoring/statuses/status-then.ts'
import { slices } from '../slices.ts'
import type { Db } from '../tables.ts'
import { alertOf } from './alert-of.ts'
import { openUndos } from './undos.ts'

export async function findAlertDetailsOrNone(db: Db, id: string, now: Instant): Promise<AlertDetails | undefined> {
  return (await readAlertDetails(db, now, { ids: [id] }))[0]
}

/** The alerts with these ids, oldest first. */
export async function findAlertDetails(db: Db, ids: readonly string[], now: Instant): Promise<AlertDetails[]> {
  const found: AlertDetails[] = []
  for (const part of slices(ids)) found.push(...(await readAlertDetails(db, now, { ids: part })))
  return found
}

/** The unresolved alerts, oldest first. */
export function unresolvedAlertDetails(db: Db, now: Instant): Promise<AlertDetails[]> {
  return readAlertDetails(db, now, 'unresolved')
}

async function readAlertDetails(
  db: Db,
  now: Instant,
  wanted: 'unresolved' | { readonly ids: readonly string[] },
): Promise<AlertDetails[]> {
  if (wanted !== 'unresolved' && wanted.ids.length === 0) return []
  const rows = await db
    .selectFrom('alerts')
    .innerJoin('accounts', 'accounts.key', 'alerts.account')
    .leftJoin('current_status', 'current_status.account', 'alerts.account')
    .selectAll('alerts')
    .select(['accounts.id as account_id', 'accounts.name as account_name', 'shown', 'verdict', 'change_30d'])
    .select('current_status.at as scored_at')
    .where(({ eb }) => (wanted === 'unresolved' ? eb('state', '!=', 'resolved') : eb('alerts.id', 'in', wanted.ids)))
    .orderBy('opened_at')
    .orderBy('alerts.id')
    .execute()
  if (rows.length === 0) return []
  const about = await shownAttributes(
    db,
    now,
    rows.map(({ account }) => account),
  )
  const nameOf = await namingPeople(db)
  const verdicts = groupedBy(
    await db
      .selectFrom('alert_feedback')
      .innerJoin('alerts', 'alerts.id', 'alert_feedback.alert')
      .selectAll('alert_feedback')
      .where(({ eb }) => (wanted === 'unresolved' ? eb('state', '!=', 'resolved') : eb('alert', 'in', wanted.ids)))
      .orderBy('at')
      .execute(),
    ({ alert }) => alert,
  )
  const then = await statusesAtEnd(db, rows)
  const undos = await openUndos(db, 'alert')
  return rows.map(row => ({
    ...alertOf(row),
    account: { key: row.account, id: row.account_id, name: row.account_name },
    about: { ...about(row.account), ...then.get(row.id)?.about },
    asOf: row.resolved_at ?? now,
    ...(then.get(row.id)?.status ?? {
      verdict: row.verdict ?? UNKNOWN,
      ...(row.shown !== null && { shown: row.shown }),
      ...(row.change_30d !== null && { change: row.change_30d }),
    }),
    isMuted: row.is_muted === 1,
    stepsTaken: row.escalation_step,
    verdicts: (verdicts.get(row.id) ?? []).map(({ verdict }) => verdict as AlertFeedback),
    ...(undos.has(row.id) && { undo: undos.get(row.id) ?? '' }),
    nameOf,
  }))
}

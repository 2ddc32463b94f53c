import type { AlertKind } from '../../domain/alerts/alert-kind.ts'
import type { AlertFeedback } from '../../domain/alerts/feedback.ts'
import type { RatedAlert } from '../../domain/alerts/precision.ts'
import { groupedBy } from '../../domain/grouped.ts'
import type { Model } from '../../domain/model/model.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { readAttributesNamed } from '../accounts/customers.ts'
import type { Db } from '../tables.ts'

/** A rule that exceeded its budget: muted since then, or restored at `restoredAt`. */
export type MutedRule = { readonly since?: Instant; readonly restoredAt?: Instant }

export async function readMutedRules(db: Db): Promise<Map<AlertKind, MutedRule>> {
  const rows = await db.selectFrom('muted_rules').selectAll().execute()
  return new Map(
    rows.map(({ kind, muted_since, restored_at }) => [
      kind as AlertKind,
      {
        ...(muted_since !== null && { since: muted_since }),
        ...(restored_at !== null && { restoredAt: restored_at }),
      },
    ]),
  )
}

/** The kinds whose new alerts are in digests only; never one that the model calls critical. */
export async function mutedKinds(db: Db, { alerts }: Model): Promise<Set<AlertKind>> {
  const rules = await readMutedRules(db)
  const kinds = alerts.filter(({ kind, critical }) => !critical && rules.get(kind)?.since !== undefined)
  return new Set(kinds.map(({ kind }) => kind))
}

/** False when it is muted already. */
export async function muteRule(db: Db, kind: AlertKind, since: Instant): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('muted_rules')
    .values({ kind, muted_since: since, restored_at: null })
    .onConflict(conflict =>
      conflict.column('kind').doUpdateSet({ muted_since: since }).where('muted_rules.muted_since', 'is', null),
    )
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** False when it is not muted. */
export async function restoreRule(db: Db, kind: AlertKind, at: Instant): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('muted_rules')
    .set({ muted_since: null, restored_at: at })
    .where('kind', '=', kind)
    .where('muted_since', 'is not', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** The alerts that were posted, with people's feedback; of a restored rule, only those since then. */
export async function readRatedAlerts(db: Db, now: Instant): Promise<RatedAlert[]> {
  const alerts = await db
    .selectFrom('alerts')
    .leftJoin('muted_rules', 'muted_rules.kind', 'alerts.kind')
    .select(['alerts.id', 'alerts.account', 'alerts.kind'])
    .where('is_muted', '=', 0)
    .where(({ eb, or, ref }) => or([eb('restored_at', 'is', null), eb('opened_at', '>', ref('restored_at'))]))
    .execute()
  const verdicts = groupedBy(
    await db.selectFrom('alert_feedback').select(['alert', 'verdict']).execute(),
    row => row.alert,
  )
  const accounts = [...new Set(alerts.map(({ account }) => account))]
  const attributes = await readAttributesNamed(db, ['owner'], accounts)
  return alerts.map(({ id, account, kind }) => {
    const owner = attributes.get(account)?.('owner', now)
    return {
      kind: kind as AlertKind,
      ...(owner !== undefined && { owner }),
      verdicts: (verdicts.get(id) ?? []).map(({ verdict }) => verdict as AlertFeedback),
    }
  })
}

import type { AlertKind } from '../../domain/alerts/alert-kind.ts'
import { groupedBy } from '../../domain/grouped.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

/** The alerts that were opened at an instant, by account; without those of rules that digests alone tell of. */
export async function alertsOpenedAt(db: Db, at: Instant): Promise<Map<number, { id: string; kind: AlertKind }[]>> {
  const alerts = db.selectFrom('alerts').select(['id', 'account', 'kind'])
  const rows = await alerts.where('opened_at', '=', at).where('is_muted', '=', 0).execute()
  const groups = groupedBy(rows, row => row.account)
  return new Map(
    [...groups].map(([account, of]) => [account, of.map(({ id, kind }) => ({ id, kind: kind as AlertKind }))]),
  )
}

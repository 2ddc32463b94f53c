import type { AlertKind } from '../domain/alert-kind.ts'
import { groupedBy } from '../domain/grouped.ts'
import type { Instant } from '../domain/instant.ts'
import type { Db } from './tables.ts'

/** The alerts that were opened at an instant, by account. */
export async function alertsOpenedAt(db: Db, at: Instant): Promise<Map<number, { id: string; kind: AlertKind }[]>> {
  const rows = await db.selectFrom('alerts').select(['id', 'account', 'kind']).where('opened_at', '=', at).execute()
  const groups = groupedBy(rows, row => row.account)
  return new Map(
    [...groups].map(([account, of]) => [account, of.map(({ id, kind }) => ({ id, kind: kind as AlertKind }))]),
  )
}

/** Whether an alert is still to be announced. */
export async function isAlertUntold(db: Db, id: string): Promise<boolean> {
  const untold = db.selectFrom('alerts').select('id').where('id', '=', id).where('untold', '=', 'opened')
  return (await untold.executeTakeFirst()) !== undefined
}

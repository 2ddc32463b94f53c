import type { Db } from '../tables.ts'

/** An alert of which something is to be told, since another state or holder was told last. */
export type ChangedAlert = { readonly id: string; readonly state: string; readonly holder: string }

/** Whether nothing was ever told of alerts: then what stands is known, and is not told again. */
export async function isFirstLook(db: Db): Promise<boolean> {
  return (await db.selectFrom('event_alerts').select('alert').limit(1).executeTakeFirst()) === undefined
}

/** From here on what is new is told. */
export function markLooked(db: Db): Promise<void> {
  return markAlertTold(db, { id: '', state: '', holder: '' })
}

/** Alerts that stand otherwise than they were told, up to so many. */
export async function changedAlerts(db: Db, most: number): Promise<ChangedAlert[]> {
  const rows = await db
    .selectFrom('alerts')
    .leftJoin('event_alerts', 'event_alerts.alert', 'alerts.id')
    .select(['alerts.id', 'alerts.state', 'claimed_by'])
    .where(({ eb, or, fn, ref, val }) =>
      or([
        eb('event_alerts.state', 'is', null),
        eb('event_alerts.state', '!=', ref('alerts.state')),
        eb('event_alerts.holder', '!=', fn.coalesce('claimed_by', val(''))),
      ]),
    )
    .orderBy('opened_at')
    .orderBy('alerts.id')
    .limit(most)
    .execute()
  return rows.map(({ id, state, claimed_by }) => ({ id, state, holder: claimed_by ?? '' }))
}

export async function markAlertTold(db: Db, { id, state, holder }: ChangedAlert): Promise<void> {
  await db
    .insertInto('event_alerts')
    .values({ alert: id, state, holder })
    .onConflict(conflict => conflict.column('alert').doUpdateSet({ state, holder }))
    .execute()
}

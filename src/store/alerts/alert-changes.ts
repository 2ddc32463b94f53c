import type { Selectable, UpdateQueryBuilder, UpdateResult } from 'kysely'
import { isConfidential } from '../../domain/alerts/confidential.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { inTransaction } from '../engine/transaction.ts'
import { addEvents } from '../events/events.ts'
import type { Db, Tables } from '../tables.ts'
import { alertOf } from './alert-of.ts'

export type AlertUpdate = UpdateQueryBuilder<Tables, 'alerts', 'alerts', UpdateResult>

/**
 * Every write that changes the state of alerts goes through here: it adds events for other systems in the same
 * transaction. Returns how many changed.
 */
export function changeAlerts(db: Db, at: Instant, write: (alerts: AlertUpdate) => AlertUpdate): Promise<number> {
  return inTransaction(db, async db => {
    const rows = await write(db.updateTable('alerts')).returningAll().execute()
    await addAlertEvents(
      db,
      rows.map(row => ({ row, at })),
    )
    return rows.length
  })
}

/** The same for one alert, by its id and the state that it must be in; false if it no longer is. */
export async function changeOneAlert(
  db: Db,
  at: Instant,
  write: (alerts: AlertUpdate) => AlertUpdate,
): Promise<boolean> {
  return (await changeAlerts(db, at, write)) === 1
}

type Changed = { readonly row: Selectable<Tables['alerts']>; readonly at: Instant }

/** An event for each alert that was opened or changed; confidential ones are never sent to receivers. */
export async function addAlertEvents(db: Db, changed: readonly Changed[]): Promise<void> {
  const open = changed.filter(({ row: { kind } }) => !isConfidential(kind))
  await addEvents(
    db,
    open.map(({ row, at }) => ({ kind: 'alert', at, account: row.account, fact: alertOf(row) })),
  )
}

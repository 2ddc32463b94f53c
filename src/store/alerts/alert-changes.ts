import type { Selectable, UpdateQueryBuilder, UpdateResult } from 'kysely'
import { isConfidential } from '../../domain/alerts/confidential.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { inTransaction } from '../engine/transaction.ts'
import { addEvents } from '../events/events.ts'
import type { Db, Tables } from '../tables.ts'
import { alertOf } from './alert-of.ts'

export type AlertUpdate = UpdateQueryBuilder<Tables, 'alerts', 'alerts', UpdateResult>

/**
 * Every write that changes how alerts stand goes through here: other systems that listen are told of it, in the same
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

/** Of one alert, by its id and how it must stand; false where it no longer stands so. */
export async function changeOneAlert(
  db: Db,
  at: Instant,
  write: (alerts: AlertUpdate) => AlertUpdate,
): Promise<boolean> {
  return (await changeAlerts(db, at, write)) === 1
}

type Changed = { readonly row: Selectable<Tables['alerts']>; readonly at: Instant }

/** An event for each alert that was opened or changed; what is confidential is for a few, and no receiver is one of them. */
export async function addAlertEvents(db: Db, changed: readonly Changed[]): Promise<void> {
  const open = changed.filter(({ row: { kind } }) => !isConfidential(kind))
  await addEvents(
    db,
    open.map(({ row, at }) => ({ kind: 'alert', at, account: row.account, fact: alertOf(row) })),
  )
}

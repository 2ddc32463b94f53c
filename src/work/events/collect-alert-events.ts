import type { Context } from '../../context.ts'
import { alertDocument } from '../../documents/alert.ts'
import { isConfidential } from '../../domain/alerts/confidential.ts'
import { findAlertDetails } from '../../store/alerts/alert-details.ts'
import { inTransaction } from '../../store/engine/transaction.ts'
import { changedAlerts, isFirstLook, markAlertTold, markLooked } from '../../store/events/alert-events.ts'
import { addEvents } from '../../store/events/events.ts'

/** Alerts in one transaction. */
const MOST = 200

/**
 * Every alert that stands otherwise than it was told becomes an event, whoever changed it; what is confidential is for
 * a few, and no receiver is one of them. The first look tells nothing: receivers hear of what happens from then on.
 */
export async function collectAlertEvents({ connection, clock }: Pick<Context, 'connection' | 'clock'>): Promise<void> {
  const isFirst = await isFirstLook(connection.db)
  for (;;) {
    const count = await inTransaction(connection.db, async db => {
      const now = clock()
      const changed = await changedAlerts(db, MOST)
      const ids = changed.map(({ id }) => id)
      const told = isFirst ? [] : (await findAlertDetails(db, ids, now)).filter(({ kind }) => !isConfidential(kind))
      await addEvents(
        db,
        told.map(alert => ({ kind: 'alert', at: now, payload: alertDocument(alert) })),
      )
      for (const alert of changed) await markAlertTold(db, alert)
      return changed.length
    })
    if (count < MOST) return isFirst ? markLooked(connection.db) : undefined
  }
}

import type { Instant } from '../../domain/time/instant.ts'
import { deleteMessages } from '../delivery/delete-messages.ts'
import type { Db } from '../tables.ts'

const BATCH = 100

/** Messages about an alert that is still open stay, and change with it; so do those that were never delivered. */
export async function deleteOldMessages(db: Db, before: Instant): Promise<number> {
  const old = await db
    .selectFrom('outbox')
    .select('id')
    .where('created_at', '<', before)
    .where('head', 'is', null)
    .where('state', 'in', ['sent', 'dead', 'unknown', 'told'])
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('outbox_alerts')
            .innerJoin('alerts', 'alerts.id', 'outbox_alerts.alert')
            .select('alerts.id')
            .whereRef('outbox_alerts.message', '=', 'outbox.id')
            .where('alerts.state', '!=', 'resolved'),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('outbox as reply')
            .select('reply.id')
            .whereRef('reply.head', '=', 'outbox.id')
            .where('reply.created_at', '>=', before),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('digest_runs')
            .select('digest_runs.id')
            .whereRef('digest_runs.message', '=', 'outbox.id')
            .where(({ not, exists, selectFrom }) =>
              not(
                exists(
                  selectFrom('digest_runs as newer')
                    .select('newer.id')
                    .whereRef('newer.digest', '=', 'digest_runs.digest')
                    .whereRef('newer.destination', '=', 'digest_runs.destination')
                    .whereRef('newer.slot', '>', 'digest_runs.slot'),
                ),
              ),
            ),
        ),
      ),
    )
    .limit(BATCH)
    .execute()
  await deleteMessages(
    db,
    old.map(({ id }) => id),
  )
  return old.length
}

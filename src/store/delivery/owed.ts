import type { ExpressionBuilder } from 'kysely'
import { compiledOnce } from '../compiled-once.ts'
import type { Db, Tables } from '../tables.ts'

/** Whether something of a message is still to be sent, now or later: a first post, or a change of what stands there. */
export function isToSend({ eb, or, and, ref }: ExpressionBuilder<Tables, 'outbox'>) {
  return or([
    eb('outbox.state', 'in', ['pending', 'unknown']),
    and([eb('outbox.state', '=', 'sent'), eb('outbox.version', '>', ref('outbox.shown_version'))]),
  ])
}

/**
 * Whether anything is owed to anybody: what is to be sent, or the outcome of what was being sent. All that a sender asks
 * twice a second where nothing is.
 */
export async function isAnythingOwed(db: Db): Promise<boolean> {
  return (await firstOwed(db)).length > 0
}

const firstOwed = compiledOnce(db =>
  db
    .selectFrom('outbox')
    .select('id')
    .where(eb => eb.or([isToSend(eb), eb('outbox.state', '=', 'sending')]))
    .limit(1),
)

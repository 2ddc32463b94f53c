import type { ExpressionBuilder } from 'kysely'
import { compiledOnce } from '../compiled-once.ts'
import type { Db, Tables } from '../tables.ts'

/** Whether something of a message is still to be sent, now or later: a first post, or an update. */
export function isUnsent({ eb, or, and, ref }: ExpressionBuilder<Tables, 'outbox'>) {
  return or([
    eb('outbox.state', 'in', ['pending', 'unknown']),
    and([eb('outbox.state', '=', 'sent'), eb('outbox.version', '>', ref('outbox.shown_version'))]),
  ])
}

/**
 * Whether anything is unsent, or was being sent with no known outcome: the only question of an idle sender, twice a
 * second.
 */
export async function isAnythingUnsent(db: Db): Promise<boolean> {
  return (await firstUnsent(db)).length > 0
}

const firstUnsent = compiledOnce(db =>
  db
    .selectFrom('outbox')
    .select('id')
    .where(eb => eb.or([isUnsent(eb), eb('outbox.state', '=', 'sending')]))
    .limit(1),
)

import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'
import { announceElsewhere } from './account-cards.ts'
import type { PendingMessage } from './pending-messages.ts'

export async function markSent(
  db: Db,
  { id, version }: PendingMessage,
  posted: { readonly channel: string; readonly id: string },
  now: Instant,
): Promise<void> {
  await db
    .updateTable('outbox')
    .set({
      state: 'sent',
      shown_version: version,
      channel: posted.channel,
      message: posted.id,
      sent_at: now,
      fault: null,
    })
    .where('id', '=', id)
    .execute()
}

export type Failure =
  | {
      readonly state: 'pending' | 'unknown' | 'sent'
      readonly notBefore: Instant
      readonly fault: string
      /** How many tries count from now on, if this one should not. */
      readonly tries?: number
    }
  | { readonly state: 'parked' | 'dead'; readonly fault: string }

/** Records a failed try. */
export async function markFailure(db: Db, { id }: Pick<PendingMessage, 'id'>, failure: Failure): Promise<void> {
  await db
    .updateTable('outbox')
    .set({
      state: failure.state,
      fault: failure.fault,
      ...('notBefore' in failure && { not_before: failure.notBefore }),
      ...('tries' in failure && failure.tries !== undefined && { tries: failure.tries }),
    })
    .where('id', '=', id)
    .execute()
  if (failure.state === 'dead') {
    await giveUpReplies(db)
    await announceElsewhere(db, id)
  }
}

/** Gives up replies in the thread of a message that was given up; alerts are posted anyway. */
export async function giveUpReplies(db: Db): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ state: 'dead', fault: 'The message it replies to was given up.' })
    .where('state', 'in', ['pending', 'unknown'])
    .where('subject', '!=', 'alert')
    .where('head', 'in', head => head.selectFrom('outbox as head').select('head.id').where('head.state', '=', 'dead'))
    .execute()
}

/** Gives up an update that can never be made; the posted message stays as it is. */
export async function keepAsShown(db: Db, { id, version }: PendingMessage, fault: string): Promise<void> {
  await db.updateTable('outbox').set({ state: 'sent', shown_version: version, fault }).where('id', '=', id).execute()
}

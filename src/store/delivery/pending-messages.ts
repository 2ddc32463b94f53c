import { type ExpressionBuilder, type Selectable, sql } from 'kysely'
import type { Destination } from '../../domain/delivery/destination.ts'
import type { Purpose, Subject } from '../../domain/delivery/subject.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Card } from '../../views/card.ts'
import { type Claim, isFree, releaseClaim, takeClaim } from '../claims/claims.ts'
import { CHANNEL, channelOf } from '../destinations/channels.ts'
import { destinationOf } from '../destinations/destination-columns.ts'
import { EVERYWHERE, LONGEST_PAUSE } from '../destinations/destination-pauses.ts'
import { inTransaction } from '../engine/transaction.ts'
import type { Db, Tables } from '../tables.ts'
import { readCard } from './outbox.ts'
import { isUnsent } from './unsent.ts'

/** A message of the outbox with something still to send: a first post, or an update of a posted one. */
export type PendingMessage = {
  readonly id: number
  readonly subject: Subject
  readonly purpose: Purpose
  readonly to: Destination
  readonly card: Card
  readonly version: number
  readonly tries: number
  /** Where it is, once posted. */
  readonly posted?: { readonly channel: string; readonly id: string }
  /** The platform's id of the message that it replies to. */
  readonly thread?: string
  /** Whether the platform's answer was lost before: it may have arrived already. */
  readonly mayBeRepeat: boolean
  readonly expiresAt?: Instant
  /** The epoch of its channel's claim by then. */
  readonly epoch: number
}

/**
 * The messages that may be sent now, oldest first. A reply waits for the head of its thread, an escalation for the post
 * of its alert, and any message for a sender that is writing to its channel.
 */
export async function pendingMessages(
  db: Db,
  platforms: readonly string[],
  now: Instant,
  most = 100,
): Promise<PendingMessage[]> {
  if (platforms.length === 0) return []
  const rows = await db
    .selectFrom('outbox')
    .leftJoin('outbox as head', 'head.id', 'outbox.head')
    .leftJoin('claims', join => join.on('claims.kind', '=', 'channel').on('claims.name', '=', CHANNEL))
    .selectAll('outbox')
    .select(['head.message as thread', 'claims.epoch'])
    .where(isFree(db))
    .where(eb => isUnsent(eb as unknown as ExpressionBuilder<Tables, 'outbox'>))
    .where('outbox.platform', 'in', platforms)
    .where(({ eb, or }) => or([eb('outbox.not_before', '<=', now), eb('outbox.not_before', '>', now + LONGEST_PAUSE)]))
    .where(({ eb, or, and }) =>
      or([
        eb('outbox.head', 'is', null),
        eb('head.message', 'is not', null),
        // An alert whose thread was never posted is posted anyway.
        and([eb('head.state', '=', 'dead'), eb('outbox.subject', '=', 'alert')]),
        // The morning message included its head.
        eb('head.state', '=', 'told'),
      ]),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('destination_pauses')
            .select('until')
            .whereRef('destination_pauses.platform', '=', 'outbox.platform')
            .where(({ eb, or, and, ref }) =>
              or([
                and([
                  eb('destination_pauses.to_channel', '=', ref('outbox.to_channel')),
                  eb('destination_pauses.to_person', '=', ref('outbox.to_person')),
                ]),
                and([
                  eb('destination_pauses.to_channel', '=', EVERYWHERE.to_channel),
                  eb('destination_pauses.to_person', '=', EVERYWHERE.to_person),
                ]),
              ]),
            )
            .where('until', '>', now)
            .where('until', '<=', now + LONGEST_PAUSE),
        ),
      ),
    )
    .where(({ not, and, eb, exists }) => not(and([eb('outbox.purpose', '=', 'step'), exists(postOnItsWay(db, now))])))
    .where(({ not, exists }) => not(exists(sendingThere(db))))
    .orderBy('outbox.id')
    .limit(most)
    .execute()
  return rows.map(({ thread, epoch, ...row }) => ({ ...pendingOf(row, thread), epoch: epoch ?? 0 }))
}

/** If a sender is gone, the message that it was sending goes first: see `reviveAbandoned`. */
function sendingThere(db: Db) {
  return db
    .selectFrom('outbox as earlier')
    .select('earlier.id')
    .where('earlier.state', '=', 'sending')
    .whereRef('earlier.platform', '=', sql.ref('outbox.platform'))
    .whereRef('earlier.to_channel', '=', sql.ref('outbox.to_channel'))
    .whereRef('earlier.to_person', '=', sql.ref('outbox.to_person'))
}

/**
 * For an escalation: the post of its alert, if that is being sent or may be sent now, goes first, wherever it goes. If
 * the post itself has to wait, the escalation does not.
 */
function postOnItsWay(db: Db, now: Instant) {
  return db
    .selectFrom('outbox_alerts')
    .innerJoin('outbox as post', 'post.id', 'outbox_alerts.message')
    .select('post.id')
    .whereRef('outbox_alerts.alert', '=', sql.ref('outbox.subject_id'))
    .where('post.purpose', '=', 'opened')
    .where(({ eb, or, and }) =>
      or([
        // Later sends of it are edits.
        and([eb('post.state', '=', 'sending'), eb('post.message', 'is', null)]),
        and([eb('post.state', 'in', ['pending', 'unknown']), eb('post.not_before', '<=', now)]),
      ]),
    )
}

/**
 * Takes a message for sending, together with its channel, before the platform is called. Undefined if it has changed
 * since it was read, or if somebody has written to that channel.
 */
export function takeMessage(db: Db, message: PendingMessage, holder: string, now: Instant): Promise<Claim | undefined> {
  return inTransaction(db, async db => {
    const claim = await takeClaim(db, { ...channelOf(message.to), holder }, message.epoch)
    if (claim === undefined || (await markSending(db, message, now))) return claim
    await releaseClaim(db, claim)
    return undefined
  })
}

async function markSending(db: Db, { id, version, posted }: PendingMessage, now: Instant): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set(({ eb }) => ({ state: 'sending', tries: eb('tries', '+', 1), sent_at: now }))
    .where('id', '=', id)
    .where('version', '=', version)
    .where('state', 'in', posted === undefined ? ['pending', 'unknown'] : ['sent'])
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

function pendingOf(row: Selectable<Tables['outbox']>, thread: string | null): Omit<PendingMessage, 'epoch'> {
  return {
    id: row.id,
    subject: { of: row.subject, id: row.subject_id },
    purpose: row.purpose,
    to: destinationOf(row),
    card: readCard(row.card),
    version: row.version,
    tries: row.tries,
    mayBeRepeat: row.state === 'unknown',
    ...(row.channel !== null && row.message !== null && { posted: { channel: row.channel, id: row.message } }),
    ...(thread !== null && { thread }),
    ...(row.expires_at !== null && { expiresAt: row.expires_at }),
  }
}

import { sql } from 'kysely'
import type { Destination } from '../../domain/delivery/destination.ts'
import { isFree, releaseClaim, takeClaim } from '../claims/claims.ts'
import { CHANNEL, channelOf } from '../destinations/channels.ts'
import { destinationColumns, destinationOf } from '../destinations/destination-columns.ts'
import { inTransaction } from '../engine/transaction.ts'
import type { Db } from '../tables.ts'

const FAULT = 'its sender ended before its answer was recorded'

/**
 * Revives messages whose sender no longer holds their channel, because it ended or a full disk kept it from writing the
 * outcome: they may or may not have arrived. Returns how many there were.
 */
export async function reviveAbandoned(db: Db, holder: string): Promise<number> {
  const channels = await db
    .selectFrom('outbox')
    .leftJoin('claims', join => join.on('claims.kind', '=', 'channel').on('claims.name', '=', CHANNEL))
    .select(['platform', 'to_channel', 'to_person'])
    .distinct()
    .where('state', '=', 'sending')
    .where(isFree(db))
    .execute()
  let revived = 0
  for (const channel of channels) revived += await reviveIn(db, destinationOf(channel), holder)
  return revived
}

/** Under the channel's claim: whoever holds it may be about to send there. */
function reviveIn(db: Db, to: Destination, holder: string): Promise<number> {
  return inTransaction(db, async db => {
    const claim = await takeClaim(db, { ...channelOf(to), holder })
    if (claim === undefined) return 0
    const { numUpdatedRows } = await db
      .updateTable('outbox')
      // An update can safely be repeated.
      .set({ state: sql`case when message is null then 'unknown' else 'sent' end`, fault: FAULT })
      .where(({ and }) => and({ ...destinationColumns(to), state: 'sending' }))
      .executeTakeFirst()
    await releaseClaim(db, claim)
    return Number(numUpdatedRows)
  })
}

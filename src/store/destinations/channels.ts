import { sql } from 'kysely'
import { type Destination, destinationName } from '../../domain/delivery/destination.ts'
import type { Claimable } from '../claims/claims.ts'

/** What a sender claims to write to a destination: one at a time writes there, in order and at its pace. */
export function channelOf(to: Destination): Claimable {
  return { kind: 'channel', name: destinationName(to) }
}

/** The name of that claim for a row of the outbox. */
export const CHANNEL = sql<string>`outbox.platform || ':' ||
  case when outbox.to_person = '' then outbox.to_channel else '@' || outbox.to_person end`

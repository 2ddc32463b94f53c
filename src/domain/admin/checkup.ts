import type { Destination } from '../delivery/destination.ts'
import type { SourceReport } from '../sources/source-report.ts'
import type { Instant } from '../time/instant.ts'
import type { SetUp } from './set-up.ts'
import type { SharedDestination } from './shared-place.ts'

/** Everything that a checkup may find; all empty if nothing is wrong. */
export type Checkup = {
  /** Why the settings are refused. */
  readonly settings?: string
  /** Messages that are stuck, by where they should go and why they do not get there. */
  readonly stuck: readonly StuckMessages[]
  /** Receivers that take no events, by host, and why. */
  readonly refusingReceivers: readonly { readonly host: string; readonly fault: string }[]
  readonly unreadableDigests: readonly UnreadableDigest[]
  readonly sharedDestinations: readonly SharedDestination[]
  readonly waitingAccounts: number
  readonly overdue: readonly { readonly schedule: string; readonly dueAt: Instant }[]
  readonly lostInstances: readonly LostInstance[]
  /** Why the audit log is not intact. */
  readonly audit?: string
  readonly isDamaged: boolean
  /** Bytes in the write-ahead log. */
  readonly walBytes: number
  /** Owners that are not among the people, each with how many accounts. */
  readonly unknownOwners: readonly { readonly owner: string; readonly accounts: number }[]
  readonly unowned: readonly string[]
  /** Who can no longer act and still holds something; `why` follows the name. */
  readonly leavers: readonly Leaver[]
  readonly setUp: SetUp
  readonly sources: SourceReport
  /** What is not wrong but worth knowing. */
  readonly notes: readonly string[]
}

/** A service that vanished: when it was last seen, and what it held that no other has taken since. */
export type LostInstance = { readonly name: string; readonly heardAt: Instant; readonly holds: readonly string[] }

export type Leaver = { readonly name: string; readonly why: string; readonly alerts: number; readonly tasks: number }

/** A digest made in chat that can no longer be read. */
export type UnreadableDigest = { readonly name: string; readonly problem: string }

export type StuckMessages = {
  readonly to: Destination
  /**
   * `parked` until somebody fixes the destination, `dead` for good, `unknown` whether they arrived, `pending` or `sending` for
   * too long.
   */
  readonly state: 'parked' | 'dead' | 'unknown' | 'pending' | 'sending'
  readonly reason: string
  readonly count: number
  /** How to fix the destination, as the platform says; absent if it is not known to be broken. */
  readonly remedy?: string
}

/** A write-ahead log larger than this is no longer being checkpointed. */
export const LARGE_WAL = 64 * 1024 * 1024

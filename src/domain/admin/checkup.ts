import type { Destination } from '../delivery/destination.ts'
import type { SourceReport } from '../sources/source-report.ts'
import type { Instant } from '../time/instant.ts'
import type { SetUp } from './set-up.ts'
import type { SharedDestination } from './shared-place.ts'

/** What can go wrong, as it was found; all empty when nothing has. */
export type Checkup = {
  /** Why the settings are refused. */
  readonly settings?: string
  /** Messages that are stuck, by where they should go and why they do not get there. */
  readonly stuck: readonly StuckMessages[]
  /** Who takes no events, by their host, and why. */
  readonly refusingReceivers: readonly { readonly host: string; readonly fault: string }[]
  readonly unreadableDigests: readonly UnreadableDigest[]
  readonly sharedDestinations: readonly SharedDestination[]
  readonly waitingAccounts: number
  readonly overdue: readonly { readonly schedule: string; readonly dueAt: Instant }[]
  readonly lostInstances: readonly LostInstance[]
  /** Why the audit log is not whole. */
  readonly audit?: string
  readonly isDamaged: boolean
  /** Bytes that wait in the write-ahead log. */
  readonly walBytes: number
  /** Owners that are not among the people, each with how many accounts. */
  readonly unknownOwners: readonly { readonly owner: string; readonly accounts: number }[]
  readonly unowned: readonly string[]
  /** Who can no longer act and still holds something; `why` follows the name. */
  readonly leavers: readonly Leaver[]
  readonly setUp: SetUp
  readonly sources: SourceReport
  /** What is not wrong and should be known all the same. */
  readonly notes: readonly string[]
}

/** A service that went without a word: when it was last heard of, and what it held that nobody has taken since. */
export type LostInstance = { readonly name: string; readonly heardAt: Instant; readonly holds: readonly string[] }

export type Leaver = { readonly name: string; readonly why: string; readonly alerts: number; readonly tasks: number }

/** A digest made in chat that makes no sense anymore. */
export type UnreadableDigest = { readonly name: string; readonly problem: string }

export type StuckMessages = {
  readonly to: Destination
  /**
   * `parked` until somebody opens the way, `dead` forever, `unknown` whether they arrived, `pending` and `sending` for
   * too long.
   */
  readonly state: 'parked' | 'dead' | 'unknown' | 'pending' | 'sending'
  readonly reason: string
  readonly count: number
  /** What opens the way again, as the platform says; absent where that is not known to be closed. */
  readonly remedy?: string
}

/** More than this in the write-ahead log is not folded back anymore. */
export const LARGE_WAL = 64 * 1024 * 1024

import type { Instant } from './instant.ts'
import type { Role } from './model.ts'
import type { Verdict } from './settle.ts'

/** What a digest knows of one account. */
export type DigestAccount = {
  readonly id: string
  readonly name: string
  readonly verdict: Verdict
  readonly role?: Role
  readonly shown?: number
  /** Unrounded, over 30 days. */
  readonly change?: number
  readonly reason: string
  readonly expansionReady: boolean
  readonly owner?: string
  readonly arr?: number
  readonly renewalOn?: string
  /** Whether its owner has not rated it for longer than the cadence. */
  readonly isPulseDue: boolean
  /** The unresolved alerts. */
  readonly alerts: readonly DigestAlert[]
  /** The tasks whose time is over. */
  readonly overdue: readonly OverdueTask[]
}

export type DigestAlert = {
  readonly id: string
  readonly kind: string
  readonly reason: string
  readonly openedAt: Instant
  readonly isSnoozed: boolean
  readonly claimedBy?: string
}

export type OverdueTask = {
  readonly id: string
  readonly title: string
  readonly dueAt: Instant
  readonly assignee?: string
}

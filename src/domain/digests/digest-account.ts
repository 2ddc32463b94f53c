import type { Role } from '../model/model.ts'
import type { Verdict } from '../scoring/settle.ts'
import type { Instant } from '../time/instant.ts'

/** What a digest says of one account. */
export type DigestAccount = DigestStatus & {
  readonly name: string
  readonly reason: string
  readonly owner?: string
  readonly arr?: number
  readonly currency?: string
}

/** What a digest looks at of every account, to find those it has something to say of. */
export type DigestStatus = {
  readonly id: string
  readonly verdict: Verdict
  readonly role?: Role
  readonly shown?: number
  /** Over 30 days, as people see it. */
  readonly change?: number
  readonly expansionReady: boolean
  readonly renewalOn?: string
  /** Whether its owner has not rated it for longer than the cadence. */
  readonly isPulseDue: boolean
  /** The unresolved alerts. */
  readonly alerts: readonly DigestAlert[]
  /** The tasks whose time is over. */
  readonly overdue: readonly OverdueTask[]
  /** The silent baselines since the channel was last written to, oldest first. */
  readonly baselines?: readonly Baseline[]
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

/** What people are shown about an account. */
export type Status = { readonly verdict: Verdict; readonly role?: Role; readonly expansionReady: boolean }

/**
 * A change of what people are shown, and the model that made it. Without `before` it was the first scoring; without
 * `after` the account was retired.
 */
export type StatusChange = {
  readonly id: number
  readonly at: Instant
  readonly model: number
  readonly before?: Status & { readonly model: number }
  readonly after?: Status
}

/** A silent baseline: where an account stood under the model before, and where the new model puts it. */
export type Baseline = Omit<StatusChange, 'at' | 'after'> & { readonly after: Status }

import type { Role } from '../model/model.ts'
import type { Verdict } from '../scoring/settle.ts'
import type { Instant } from '../time/instant.ts'
import type { DigestStatus, Status } from './digest-account.ts'
import { isRenewalToWatch } from './digest-status.ts'

/** Under which model, when, and up to which baseline. */
export type DigestMoment = { readonly model: string; readonly at: Instant; readonly baseline?: number }

/** What a digest announced to its channel: verdicts, flags, open alerts, and what else was due by then. */
export type Announced = {
  /** The version of the model in use. */
  readonly model: string
  readonly verdicts: Readonly<Record<string, { readonly verdict: Verdict; readonly role?: Role }>>
  readonly ready: readonly string[]
  readonly alerts: readonly string[]
  /** Accounts, and tasks by their ids. Digests of before these were announced have none of the three. */
  readonly renewals?: readonly string[]
  readonly pulses?: readonly string[]
  readonly overdue?: readonly string[]
  /** The newest silent baseline that was known. */
  readonly baseline?: number
}

/** What a channel heard, to be asked for many accounts. */
export type Heard = {
  statusOf(account: string): Status | undefined
  /** Of a digest of before these were announced, nothing is known to be new. */
  isNew(what: 'alerts' | 'renewals' | 'pulses' | 'overdue', id: string): boolean
}

export function heardIn({ verdicts, ready, alerts, renewals, pulses, overdue }: Announced): Heard {
  const isReady = new Set(ready)
  const sets = { alerts: setOf(alerts), renewals: setOf(renewals), pulses: setOf(pulses), overdue: setOf(overdue) }
  return {
    statusOf: account => {
      const known = verdicts[account]
      return known && { ...known, expansionReady: isReady.has(account) }
    },
    isNew: (what, id) => sets[what]?.has(id) === false,
  }
}

function setOf(ids: readonly string[] | undefined): ReadonlySet<string> | undefined {
  return ids && new Set(ids)
}

/**
 * What a digest of these accounts announces once it has been sent. The status of `everybody` belongs to it: an account
 * that comes into a filter by score or band is news only if its status was another one before.
 */
export function announcedBy(
  accounts: readonly DigestStatus[],
  { model, at, baseline = 0 }: DigestMoment,
  everybody: readonly DigestStatus[] = accounts,
): Announced {
  return {
    model,
    baseline,
    verdicts: Object.fromEntries(
      everybody.map(({ id, verdict, role }) => [id, { verdict, ...(role !== undefined && { role }) }]),
    ),
    ready: everybody.filter(({ expansionReady }) => expansionReady).map(({ id }) => id),
    alerts: accounts.flatMap(({ alerts }) => alerts.map(({ id }) => id)),
    renewals: accounts.filter(account => isRenewalToWatch(account, at)).map(({ id }) => id),
    pulses: accounts.filter(({ isPulseDue }) => isPulseDue).map(({ id }) => id),
    overdue: accounts.flatMap(({ overdue }) => overdue.map(({ id }) => id)),
  }
}

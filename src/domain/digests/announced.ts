import type { Condition } from '../model/condition.ts'
import type { Duration, Instant } from '../time/instant.ts'
import type { DigestStatus, Status } from './digest-account.ts'
import { isRenewalToWatch } from './digest-status.ts'
import { attributesOfFilter } from './filter-attributes.ts'

/** How a digest looks at accounts. If any of these differs, changes alone do not tell what the digest has to say. */
export type DigestView = {
  /** The version of the model that gives verdicts their roles. */
  readonly model: string
  readonly filter?: Condition
  readonly cadence: Duration | 'off'
}

/** Up to which changes everything is known. */
export type ChangesKnown = { readonly statuses: number; readonly attributes: number }

/**
 * What a digest announced to its channel, once it has been sent: what was open by name, all else by how far it had
 * heard, since what an account was then is found again by what changed afterwards.
 */
export type Announced = {
  /** The version of the model in use. */
  readonly model: string
  readonly view: DigestView
  readonly known: ChangesKnown
  readonly alerts: readonly string[]
  readonly overdue: readonly string[]
  /** How many accounts there were; not known anymore once one of them was forgotten. */
  readonly total?: number
  /** Accounts. Only where it cannot be found again which of them the filter took in. */
  readonly renewals?: readonly string[]
  readonly pulses?: readonly string[]
}

/** What a channel heard last, to be asked for many accounts. */
export type Heard = {
  /** The version of the model that was in use. */
  readonly model: string
  statusOf(account: string): Status | undefined
  /** Renewals and pulses by the account. */
  isNew(what: 'alerts' | 'renewals' | 'pulses' | 'overdue', id: string): boolean
}

/** What a digest of these accounts announces once it has been sent. */
export function announcedBy(
  accounts: readonly DigestStatus[],
  about: Pick<Announced, 'model' | 'view' | 'known' | 'total'>,
  at: Instant,
): Announced {
  const { filter } = about.view
  return {
    ...about,
    alerts: accounts.flatMap(({ alerts }) => alerts.map(({ id }) => id)),
    overdue: accounts.flatMap(({ overdue }) => overdue.map(({ id }) => id)),
    ...(filter !== undefined &&
      attributesOfFilter(filter) === undefined && {
        renewals: accounts.filter(account => isRenewalToWatch(account, at)).map(({ id }) => id),
        pulses: accounts.filter(({ isPulseDue }) => isPulseDue).map(({ id }) => id),
      }),
  }
}

import type { Announced, Heard } from '../../domain/digests/announced.ts'
import type { DigestStatus } from '../../domain/digests/digest-account.ts'
import { isRenewalToWatch } from '../../domain/digests/digest-status.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { KeyedStatus } from '../../store/digests/digest-statuses.ts'
import { accountsWithPulseDue } from '../../store/pulses/pulses-due.ts'
import type { Db } from '../../store/tables.ts'
import type { KnownAttributes } from './known-attributes.ts'

/** An account as a digest looks at it, and as its channel heard of it. */
export type LookedAt = DigestStatus & KeyedStatus

/** What a channel heard of these accounts from the digest of a slot; `known` is what was known of them then. */
export async function heardSince(
  db: Db,
  { slot, announced }: { readonly slot: Instant; readonly announced: Announced },
  accounts: readonly LookedAt[],
  known: KnownAttributes,
): Promise<Heard> {
  const { model, view, alerts, overdue } = announced
  const ofIds = new Map(accounts.map(account => [account.id, account]))
  const wasThere = ({ heard, key }: LookedAt) => heard !== undefined && known.isIn(view.filter, key)
  const then = ({ key, heard }: LookedAt) => {
    const renewalOn = known.valueOf(key, 'renewal_on')
    const role = heard?.role
    return { key, ...(role !== undefined && { role }), ...(renewalOn !== undefined && { renewalOn }) }
  }
  const renewals = () => accounts.filter(account => wasThere(account) && isRenewalToWatch(then(account), slot))
  const pulses = async () => {
    if (view.cadence === 'off') return []
    const present = accounts.filter(account => account.isPulseDue && wasThere(account))
    const owners = known.ownersOf(present.map(({ key }) => key))
    const due = await accountsWithPulseDue(db, present.map(then), view.cadence, slot, owners)
    return present.filter(({ key }) => due.has(key))
  }
  const sets = {
    alerts: new Set(alerts),
    overdue: new Set(overdue),
    renewals: new Set(announced.renewals ?? idsOf(renewals())),
    pulses: new Set(announced.pulses ?? idsOf(await pulses())),
  }
  return {
    model,
    statusOf: account => ofIds.get(account)?.heard,
    isNew: (what, id) => !sets[what].has(id),
  }
}

function idsOf(accounts: readonly LookedAt[]): string[] {
  return accounts.map(({ id }) => id)
}

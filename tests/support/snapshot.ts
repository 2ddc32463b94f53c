import type { DigestStatus } from '../../src/domain/digests/digest-account.ts'
import { isRenewalToWatch } from '../../src/domain/digests/digest-status.ts'
import type { Snapshot } from '../../src/domain/digests/snapshot.ts'

/**
 * What a digest of these accounts announces, account by account. The status of `everybody` belongs to it: an account
 * that comes into a filter by score or band is news only if its status was another one before.
 */
export function snapshotOf(
  accounts: readonly DigestStatus[],
  { model, at, baseline = 0 }: { readonly model: string; readonly at: number; readonly baseline?: number },
  everybody: readonly Pick<DigestStatus, 'id' | 'verdict' | 'role' | 'expansionReady'>[] = accounts,
): Snapshot {
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

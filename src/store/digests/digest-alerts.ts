import type { DigestAlert } from '../../domain/digests/digest-account.ts'
import { groupedBy } from '../../domain/grouped.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

/** The alerts that were unresolved at an instant, by the account's key. */
export async function readAlerts(db: Db, at: Instant): Promise<Map<number, DigestAlert[]>> {
  const rows = await db
    .selectFrom('alerts')
    .leftJoin('people', 'people.email', 'alerts.claimed_by')
    .select(['alerts.id', 'account', 'kind', 'reason', 'claimed_by', 'state', 'opened_at', 'people.name as holder'])
    .where('opened_at', '<=', at)
    .where(({ eb, or }) => or([eb('resolved_at', 'is', null), eb('resolved_at', '>', at)]))
    .orderBy('opened_at')
    .execute()
  return new Map(
    [...groupedBy(rows, ({ account }) => account)].map(([account, of]) => [
      account,
      of.map(({ id, kind, reason, claimed_by, state, opened_at, holder }) => ({
        ...{ id, kind, reason, openedAt: opened_at, isSnoozed: state === 'snoozed' },
        ...(claimed_by !== null && { claimedBy: holder ?? claimed_by }),
      })),
    ]),
  )
}

import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

export type AlertsWanted = {
  readonly state: 'unresolved' | 'open' | 'claimed' | 'snoozed' | 'resolved' | 'all'
  readonly kind?: string | undefined
  /** The id of an account. */
  readonly account?: string | undefined
  readonly since: Instant
  readonly after?: { readonly at: Instant; readonly id: string } | undefined
  readonly most: number
}

/** The ids of matching alerts after one of them, oldest first. */
export function alertIdsAfter(
  db: Db,
  { state, kind, account, since, after, most }: AlertsWanted,
): Promise<{ id: string; openedAt: Instant }[]> {
  return db
    .selectFrom('alerts')
    .innerJoin('accounts', 'accounts.key', 'alerts.account')
    .select(['alerts.id as id', 'opened_at as openedAt'])
    .where('opened_at', '>=', since)
    .$if(state === 'unresolved', alerts => alerts.where('state', '!=', 'resolved'))
    .$if(state !== 'unresolved' && state !== 'all', alerts => alerts.where('state', '=', state))
    .$if(kind !== undefined, alerts => alerts.where('kind', '=', kind ?? ''))
    .$if(account !== undefined, alerts => alerts.where('accounts.id', '=', account ?? ''))
    .$if(after !== undefined, alerts =>
      alerts.where(({ eb, refTuple, tuple }) =>
        eb(refTuple('opened_at', 'alerts.id'), '>', tuple(after?.at ?? 0, after?.id ?? '')),
      ),
    )
    .orderBy('opened_at')
    .orderBy('alerts.id')
    .limit(most)
    .execute()
}

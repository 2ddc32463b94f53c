import type { Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

/** Counts for monitoring: they name no account and no person. */
export type ServiceCounts = {
  readonly accounts: readonly { readonly band: string; readonly count: number }[]
  readonly sources: readonly SourceCount[]
  readonly outbox: readonly {
    readonly platform: string
    readonly state: string
    readonly count: number
    readonly age: number
  }[]
  readonly schedules: readonly { readonly schedule: string; readonly lag: number }[]
}

export type SourceCount = { readonly source: string; readonly received: number; readonly rejected: number }

/** `age` is of the oldest message and `lag` how long a schedule has been due, both in milliseconds. */
export async function readServiceCounts(db: Db, now: Instant): Promise<ServiceCounts> {
  const accounts = await db
    .selectFrom('accounts')
    .leftJoin('current_status', 'current_status.account', 'accounts.key')
    .leftJoin('retired_accounts', 'retired_accounts.account', 'accounts.key')
    .select(({ fn, eb }) => [
      eb
        .case()
        .when('retired_accounts.account', 'is not', null)
        .then('retired')
        .else(fn.coalesce('current_status.verdict', eb.val('unscored')))
        .end()
        .as('band'),
      fn.countAll<number>().as('count'),
    ])
    .groupBy('band')
    .execute()
  const sources = await db.selectFrom('source_counts').selectAll().orderBy('received', 'desc').execute()
  const schedules = await db.selectFrom('schedules').select(['name', 'next_due_at']).execute()
  return {
    accounts,
    sources,
    outbox: (await messagesByState(db)).map(({ oldest, ...row }) => ({ ...row, age: Math.max(0, now - oldest) })),
    schedules: schedules.map(({ name, next_due_at }) => ({ schedule: name, lag: Math.max(0, now - next_due_at) })),
  }
}

/** A posted message that shows an older version is waiting for its update. */
function messagesByState(db: Db) {
  return db
    .selectFrom('outbox')
    .select(({ fn, eb }) => [
      'platform',
      eb
        .case()
        .when(eb.and([eb('state', '=', 'sent'), eb('shown_version', '<', eb.ref('version'))]))
        .then('update_pending')
        .else(eb.ref('state'))
        .end()
        .as('state_now'),
      fn.countAll<number>().as('count'),
      fn.min('created_at').as('oldest'),
    ])
    .groupBy(['platform', 'state_now'])
    .execute()
    .then(rows => rows.map(({ state_now, ...row }) => ({ ...row, state: state_now })))
}

import type { StuckMessages } from '../../domain/admin/checkup.ts'
import { DAY, HOUR, type Instant } from '../../domain/time/instant.ts'
import { isCustomerKey } from '../accounts/customers.ts'
import { destinationOf } from '../destinations/destination-columns.ts'
import { receivedAt } from '../engine/signals/signal-times.ts'
import { weekOf } from '../engine/signals/week.ts'
import type { Db } from '../tables.ts'

/** Anything that takes longer than this is stuck. */
const STUCK_AFTER = HOUR / 6

/** Sending takes seconds: anything longer has died. */
const SENDING_TAKES = 60_000

/** How long a message that was given up is reported. */
const REPORTED_FOR = 7 * DAY

export async function readStuckMessages(db: Db, now: Instant): Promise<StuckMessages[]> {
  const rows = await db
    .selectFrom('outbox')
    .leftJoin('outbox as head', 'head.id', 'outbox.head')
    .select(({ eb, fn }) => [
      'outbox.platform',
      'outbox.to_channel',
      'outbox.to_person',
      'outbox.state',
      eb
        .case()
        .when('outbox.state', '=', 'sending')
        .then('its outcome was never recorded')
        .else(fn.coalesce('outbox.fault', eb.val('nothing is sending it')))
        .end()
        .as('reason'),
      fn.countAll<number>().as('count'),
    ])
    .where(({ eb, and, or, fn }) =>
      or([
        eb('outbox.state', '=', 'parked'),
        and([
          eb('outbox.state', '=', 'sending'),
          or([eb('outbox.sent_at', '<=', now - SENDING_TAKES), eb('outbox.sent_at', '>=', now + SENDING_TAKES)]),
        ]),
        and([eb('outbox.state', '=', 'dead'), eb('outbox.created_at', '>', now - REPORTED_FOR)]),
        and([
          eb('outbox.state', '=', 'unknown'),
          eb(fn.coalesce('outbox.sent_at', 'outbox.created_at'), '<', now - STUCK_AFTER),
        ]),
        and([
          eb('outbox.state', '=', 'pending'),
          eb('outbox.not_before', '<', now - STUCK_AFTER),
          or([eb('outbox.head', 'is', null), eb('head.message', 'is not', null)]),
        ]),
      ]),
    )
    .groupBy(['outbox.platform', 'outbox.to_channel', 'outbox.to_person', 'outbox.state', 'reason'])
    .orderBy('outbox.platform')
    .orderBy('outbox.to_channel')
    .orderBy('outbox.to_person')
    .orderBy('outbox.state')
    .orderBy('reason')
    .execute()
  return rows.map(({ state, reason, count, ...to }) => ({
    to: destinationOf(to),
    state: state as StuckMessages['state'],
    reason: reason ?? '',
    count,
  }))
}

/** Accounts with news that has been waiting to be scored for too long. */
export async function countWaitingAccounts(db: Db, now: Instant): Promise<number> {
  const week = weekOf(now)
  const { count } = await db
    .selectFrom('due_accounts')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where(isCustomerKey('due_accounts.account'))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('signals')
            .select('signals.id')
            .where('signals.week', '>=', week - 1)
            .where('signals.week', '<=', week)
            .whereRef('signals.account', '=', 'due_accounts.account')
            .where(receivedAt, '>', now - STUCK_AFTER),
        ),
      ),
    )
    .executeTakeFirstOrThrow()
  return Number(count)
}

export async function readOverdueSchedules(db: Db, now: Instant): Promise<{ schedule: string; dueAt: Instant }[]> {
  const rows = await db
    .selectFrom('schedules')
    .select(['name', 'next_due_at'])
    .where('next_due_at', '<', now - STUCK_AFTER)
    .orderBy('name')
    .execute()
  return rows.map(({ name, next_due_at }) => ({ schedule: name, dueAt: next_due_at }))
}

/** The owner of each customer now, by the account's id; null if it has none. */
export async function readOwners(db: Db): Promise<{ account: string; owner: string | null }[]> {
  const rows = await db
    .selectFrom('accounts')
    .select('accounts.id as account')
    .select(({ selectFrom }) =>
      selectFrom('account_attributes')
        .select('value')
        .whereRef('account_attributes.account', '=', 'accounts.key')
        .where('attribute', '=', 'owner')
        .orderBy('known_from', 'desc')
        .limit(1)
        .as('owner'),
    )
    .where(isCustomerKey('accounts.key'))
    .orderBy('accounts.id')
    .execute()
  return rows.map(({ account, owner }) => ({ account, owner: owner?.trim() || null }))
}

import { existsSync, statSync } from 'node:fs'
import type { StuckMessages } from '../../../domain/admin/checkup.ts'
import { DAY, HOUR, type Instant } from '../../../domain/time/instant.ts'
import { type DestinationColumns, destinationOf } from '../../delivery/destination-columns.ts'
import { SENDING_TAKES } from '../../delivery/pending-messages.ts'
import type { Connection } from './database.ts'
import { weekOf } from './week.ts'

/** What should have been over in this time is stuck. */
const PATIENCE = HOUR / 6

/** How long a message that was given up is worth a word. */
const MOURNED = 7 * DAY

export function readStuckMessages({ sqlite }: Connection, now: Instant): StuckMessages[] {
  const rows = sqlite
    .prepare<[Instant, number, Instant, Instant, Instant], DestinationColumns & Omit<StuckMessages, 'to'>>(
      `select platform, to_channel, to_person, state, case when state = 'sending' then 'its outcome was never recorded' else coalesce(fault, 'nothing is sending it') end as reason, count(*) as count
        from outbox where state = 'parked' or (state = 'sending' and abs(sent_at - ?) >= ?) or (state = 'dead' and created_at > ?)
          or (state = 'unknown' and coalesce(sent_at, created_at) < ?) or (state = 'pending' and not_before < ?
            and (head is null or exists (select 1 from outbox h where h.id = outbox.head and h.message is not null)))
        group by platform, to_channel, to_person, state, reason order by platform, to_channel, to_person, state, reason`,
    )
    .all(now, SENDING_TAKES, now - MOURNED, now - PATIENCE, now - PATIENCE)
  return rows.map(({ state, reason, count, ...to }) => ({ to: destinationOf(to), state, reason, count }))
}

/** Accounts with news that nobody scored, although none of it came just now. */
export function countWaitingAccounts({ sqlite }: Connection, now: Instant): number {
  const week = weekOf(now)
  const waiting = sqlite
    .prepare<[number, number, Instant], number>(
      `select count(*) from due_accounts d where not exists (select 1 from retired_accounts r where r.account = d.account)
        and not exists (
        select 1 from signals s where s.week between ? and ? and s.account = d.account and s.received_at > ?)`,
    )
    .pluck()
  return waiting.get(week - 1, week, now - PATIENCE) ?? 0
}

export function readOverdueSchedules({ sqlite }: Connection, now: Instant): { schedule: string; dueAt: Instant }[] {
  return sqlite
    .prepare<[Instant], { schedule: string; dueAt: Instant }>(
      'select name as schedule, next_due_at as dueAt from schedules where next_due_at < ? order by name',
    )
    .all(now - PATIENCE)
}

/** Who owns each customer now, by its id; nobody where nobody does. */
export function readOwners({ sqlite }: Connection): { account: string; owner: string | null }[] {
  return sqlite
    .prepare<[], { account: string; owner: string | null }>(
      `select id as account, (select nullif(trim(value), '') from account_attributes a
          where a.account = accounts.key and attribute = 'owner' order by known_from desc limit 1) as owner
        from accounts where not exists (select 1 from retired_accounts r where r.account = accounts.key) order by id`,
    )
    .all()
}

export function walBytes({ sqlite }: Connection): number {
  const file = `${sqlite.name}-wal`
  return existsSync(file) ? statSync(file).size : 0
}

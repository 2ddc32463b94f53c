import type { DigestAccount } from '../../domain/digests/digest-account.ts'
import type { Programme, Trend } from '../../domain/portfolio/review.ts'
import { DAY, dayOf, type Instant } from '../../domain/time/instant.ts'
import type { Db } from '../tables.ts'

const WEEK = 7 * DAY

/** Accounts that were not scored for longer than this do not count in a mean. */
const LATEST = WEEK

/** The mean scores of these accounts, now and a week and 30 days before. */
export async function readTrend(
  db: Db,
  accounts: readonly (DigestAccount & { readonly key: number })[],
  at: Instant,
): Promise<Trend> {
  const keys = new Set(accounts.map(({ key }) => key))
  const now = meanOf(accounts.flatMap(({ shown }) => shown ?? []))
  const weekAgo = await meanAt(db, keys, at - WEEK)
  const monthAgo = await meanAt(db, keys, at - 30 * DAY)
  return {
    ...(now !== undefined && { now }),
    ...(weekAgo !== undefined && { weekAgo }),
    ...(monthAgo !== undefined && { monthAgo }),
  }
}

async function meanAt(db: Db, accounts: ReadonlySet<number>, at: Instant): Promise<number | undefined> {
  const rows = await db
    .selectFrom('scores')
    .select(['account', 'shown'])
    .where('day', '>=', dayOf(at - LATEST))
    .where('day', '<=', dayOf(at))
    .where('at', '<=', at)
    .orderBy('day')
    .execute()
  const newest = new Map(rows.map(({ account, shown }) => [account, shown]))
  return meanOf([...newest].flatMap(([account, shown]) => (accounts.has(account) && shown !== null ? [shown] : [])))
}

function meanOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** What was done for these accounts in the week before an instant. */
export async function readProgramme(db: Db, accounts: ReadonlySet<number>, at: Instant): Promise<Programme> {
  const since = at - WEEK
  const isIn = (time: number | null) => time !== null && time > since && time <= at
  const ours = <T extends { account: number }>(rows: readonly T[]) =>
    rows.filter(({ account }) => accounts.has(account))
  const alerts = ours(
    await db
      .selectFrom('alerts')
      .select(['account', 'opened_at', 'claimed_at', 'resolved_at'])
      .where(({ eb, or }) =>
        or([eb('opened_at', '>', since), eb('claimed_at', '>', since), eb('resolved_at', '>', since)]),
      )
      .execute(),
  )
  const tasks = ours(
    await db
      .selectFrom('tasks')
      .select(['account', 'ended_at'])
      .where('state', '=', 'done')
      .where('ended_at', '>', since)
      .execute(),
  )
  const pulses = ours(await db.selectFrom('pulses').select(['account', 'at']).where('at', '>', since).execute())
  return {
    opened: alerts.filter(row => isIn(row.opened_at)).length,
    claimed: alerts.filter(row => isIn(row.claimed_at)).length,
    resolved: alerts.filter(row => isIn(row.resolved_at)).length,
    tasksDone: tasks.filter(row => isIn(row.ended_at)).length,
    pulses: pulses.filter(row => isIn(row.at)).length,
  }
}

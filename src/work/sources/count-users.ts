import type { Context } from '../../context.ts'
import { countUsers, dayOfSighting, daysIn, type UserCount } from '../../domain/sources/distinct-users.ts'
import { DAY, type Instant } from '../../domain/time/instant.ts'
import { isoTime } from '../../domain/time/iso-time.ts'
import { openSignals } from '../../ingest/http/signals/receive-signals.ts'
import { namedFacts } from '../../model/named-facts.ts'
import {
  accountsAfter,
  accountsOfKeys,
  endCountsDue,
  forgetSeen,
  readCountsDue,
  readSeen,
  saveUsersCountedTo,
  usersCountedTo,
} from '../../store/users/users-seen.ts'

/** Accounts that are counted in one turn. */
const TOGETHER = 200

/** Days that are kept: what is heard of later is not counted anymore. */
const KEPT = 400

type Account = { readonly key: number; readonly id: string }
type Days = { readonly first: number; readonly last: number }

/**
 * Once a day, at its beginning, sends for each account how many users were seen in the window before; and again for past
 * days of which more was heard since.
 */
export async function countDistinctUsers(context: Context): Promise<void> {
  const { connection, settings, clock } = context
  const asked = settings.sources.segment?.distinct_users
  if (asked === undefined) return
  const now = clock()
  const [today, window] = [dayOfSighting(now), daysIn(asked.over)]
  const send = (accounts: readonly Account[], days: Days) =>
    sendCounts(context, accounts, days, { ...asked, window, now })
  await countAgain(context, today, send)
  const counted = await usersCountedTo(connection.db)
  const last = counted ?? today
  if (last < today) {
    const days = { first: Math.max(last + 1, today - KEPT), last: today }
    for (let accounts = await accountsAfter(connection.db, 0, TOGETHER); accounts.length > 0; ) {
      await send(accounts, days)
      accounts = await accountsAfter(connection.db, accounts.at(-1)?.key ?? 0, TOGETHER)
    }
    await forgetSeen(connection.db, today - KEPT - window)
  }
  // Should the clock have been ahead, its days come again.
  if (last !== today || counted === undefined) await saveUsersCountedTo(connection.db, today)
}

type Send = (accounts: readonly Account[], days: Days) => Promise<void>

async function countAgain({ connection: { db } }: Context, today: number, send: Send): Promise<void> {
  for (let due = await readCountsDue(db, TOGETHER); due.length > 0; ) {
    const keys = due.map(({ account }) => account)
    const accounts = new Map((await accountsOfKeys(db, keys)).map(account => [account.key, account]))
    for (const { account: key, fromDay } of due) {
      const account = accounts.get(key)
      if (account !== undefined) await send([account], { first: Math.max(fromDay + 1, today - KEPT), last: today })
    }
    await endCountsDue(db, due)
    // Anything that came meanwhile is left for the next time.
    const before = due.at(-1)?.account ?? 0
    due = (await readCountsDue(db, TOGETHER)).filter(({ account }) => account > before)
  }
}

async function sendCounts(
  { connection, settings }: Context,
  accounts: readonly Account[],
  days: Days,
  { metric, window, now }: { readonly metric: string; readonly window: number; readonly now: Instant },
): Promise<void> {
  const seen = await readSeen(
    connection.db,
    accounts.map(({ key }) => key),
    { first: days.first - window - 1, last: days.last - 1 },
  )
  const rows = accounts.flatMap(({ key, id }) =>
    countUsers(seen.get(key) ?? [], days, window).map(count => signalOf(id, metric, count)),
  )
  const signals = openSignals({ connection, now, facts: namedFacts(settings) })
  try {
    await signals.take(rows.map((value, index) => ({ index, row: index + 1, sent: { value } })))
    await signals.end()
  } finally {
    signals.close()
  }
}

function signalOf(account_id: string, metric: string, { day, count }: UserCount) {
  return { account_id, metric, value: count, observed_at: isoTime(day * DAY), source: 'segment', id: '' }
}

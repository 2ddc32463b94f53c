import { createYielder } from '../../async/yielder.ts'
import { dayOfSighting } from '../../domain/sources/distinct-users.ts'
import type { Instant } from '../../domain/time/instant.ts'
import type { Sources } from '../../model/sources.ts'
import { findAccountKeys } from '../../store/accounts/find-accounts.ts'
import { addCounts } from '../../store/counts.ts'
import { firstArrival } from '../../store/delivery/handled-requests.ts'
import { slices } from '../../store/slices.ts'
import { trackUsers, type UserNews } from '../../store/users/tracked-users.ts'
import { type UserHasher, userHasher } from '../../store/users/user-hashes.ts'
import { noteSeen } from '../../store/users/users-seen.ts'
import { isRefusal, refuse } from '../cells/values.ts'
import { guideOf } from '../http/fields.ts'
import type { Intake, Reception } from '../http/intake.ts'
import { openAccounts } from '../http/receive-accounts.ts'
import { rejectList } from '../http/rejects.ts'
import type { SentRow } from '../http/sent-row.ts'
import { openSignals } from '../http/signals/receive-signals.ts'
import { accountIdOf, type EventType, readEvent, SENT_EVENT } from './event.ts'
import { type GroupCall, takeGroups } from './groups.ts'
import { accountFinder, type Placed, sightingIn } from './placed-event.ts'

/** How events are taken. */
export type EventReading = {
  readonly segment: NonNullable<Sources['segment']>
  /** What the address says; in a batch each event says it. */
  readonly type: EventType | undefined
  /** Whether group calls may make and update accounts. */
  readonly mayChangeAccounts: boolean
  /** Told of each event that becomes no metric. */
  countUnread(name: string): void
}

/** Events that are saved together, without a turn for others. */
const TOGETHER = 200

/**
 * Takes events as Segment sends them: each that the settings name becomes a signal of 1 under its message id, group
 * calls become accounts, and everybody who does something was seen on that day.
 */
export function openEvents(reception: Omit<Reception, 'platforms'>, reading: EventReading): Intake {
  const { connection, now } = reception
  const { segment } = reading
  const { db } = connection
  const [signals, accounts, rejects] = [
    openSignals(reception),
    openAccounts(reception),
    rejectList(guideOf(SENT_EVENT)),
  ]
  const yieldIfDue = createYielder()
  let read = 0
  let hash: UserHasher | undefined

  const placed = async (sent: SentRow, hash: UserHasher): Promise<Placed | undefined> => {
    const event = isRefusal(sent.sent) ? sent.sent : readEvent(sent.sent.value, reading.type)
    if (isRefusal(event)) return void rejects.add(sent, event)
    const at = event.at ?? (await firstArrival(db, `segment:${event.messageId}`, now))
    const user = event.userId === '' ? undefined : hash(event.userId)
    return { sent, event, accountId: accountIdOf(event, segment.account), at, user }
  }
  const groupsIn = (events: readonly Placed[]): GroupCall[] =>
    events.flatMap(({ sent, event, accountId, at }) => {
      if (event.type !== 'group') return []
      if (accountId === '') rejects.add(sent, refuse(`the group call has nothing at ${segment.account}`))
      else if (reading.mayChangeAccounts) return [{ sent, accountId, traits: event.traits, at }]
      else rejects.add(sent, NOT_ALLOWED)
      return []
    })
  const usersIn = (events: readonly Placed[], keys: ReadonlyMap<string, number>, hash: UserHasher): UserNews[] =>
    events.flatMap(({ event, accountId, at, user }) => {
      if (user === undefined) return []
      const account = event.type === 'group' || event.type === 'identify' ? keys.get(accountId) : undefined
      const email = event.type === 'identify' && typeof event.traits.email === 'string' ? event.traits.email : undefined
      return [{ hash: user, at, ...(account !== undefined && { account }), ...(email && { emailHash: hash(email) }) }]
    })

  const signalIn = ({ sent, event, at }: Placed, accountId: string): SentRow[] => {
    if (event.type !== 'track') return []
    const metric = segment.events[event.name]
    if (metric === undefined) reading.countUnread(event.name)
    else if (accountId === '') rejects.add(sent, NOWHERE)
    else
      return [
        {
          ...sent,
          sent: { value: { ...SIGNAL, account_id: accountId, metric, observed_at: timeOf(at), id: event.messageId } },
        },
      ]
    return []
  }

  const takePart = async (sent: readonly SentRow[], hash: UserHasher): Promise<void> => {
    const events: Placed[] = []
    for (const row of sent) {
      const event = await placed(row, hash)
      if (event !== undefined) events.push(event)
      await yieldIfDue()
    }
    await takeGroups(connection, groupsIn(events), accounts)
    const keys = await findAccountKeys(db, [...new Set(events.map(({ accountId }) => accountId))])
    const users = await trackUsers(db, usersIn(events, keys, hash))
    await yieldIfDue()
    const accountOf = await accountFinder(db, keys, users)
    await signals.take(events.flatMap(event => signalIn(event, accountOf(event)?.id ?? event.accountId)))
    await yieldIfDue()
    if (segment.distinct_users === undefined) return
    await noteSeen(
      db,
      events.flatMap(event => sightingIn(event, accountOf(event)?.key, users)),
      dayOfSighting(now),
    )
    await yieldIfDue()
  }

  return {
    async take(sent) {
      read += sent.length
      hash ??= await userHasher(db)
      for (const part of slices(sent, TOGETHER)) await takePart(part, hash)
    },
    async end() {
      const parts = [await signals.end(), await accounts.end()]
      const total = { read, added: 0, changed: 0, unchanged: 0, rejected: rejects.count() }
      for (const part of parts) {
        addCounts(total, part)
        total.rejected += part.rejected
      }
      return {
        ...total,
        rejects: [...rejects.listed(), ...parts.flatMap(({ rejects }) => rejects)],
        notes: [...rejects.notes(), ...parts.flatMap(({ notes }) => notes)],
      }
    },
    close() {
      signals.close()
      accounts.close()
    },
  }
}

const SIGNAL = { value: 1, source: 'segment' }

const NOT_ALLOWED = refuse(
  'the group call was not taken; configure segment in sources.yaml, or send a token with the scope accounts:write',
)

const NOWHERE = refuse(
  'the event belongs to no account; send context.groupId with it, or a group call for its user before it',
)

function timeOf(at: Instant): string {
  return new Date(at).toISOString()
}

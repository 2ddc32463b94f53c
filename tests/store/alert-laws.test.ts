import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import {
  assignAlert,
  claimAlert,
  resolveAlertBy,
  snoozeAlert,
  wakeAlert,
  wakeDueAlerts,
} from '../../src/store/alerts/alert-acts.ts'
import { openAlerts, resolveAlert } from '../../src/store/alerts/alerts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { eventsAfter } from '../../src/store/events/events.ts'
import { syncReceivers } from '../../src/store/events/receivers.ts'
import { openTestDatabase, tries } from '../support/test-database.ts'

/** Whatever people and scorings do to an alert, and in whatever order. */

let connection: Connection
let accounts = 0

beforeAll(async () => {
  connection = await openTestDatabase()
  await syncReceivers(connection.db, [{ url: 'https://listens.example', events: ['alert'] }], 0)
})

afterAll(() => connection.close())

const person = fc.constantFrom('dana@x.com', 'eve@x.com')
const act = fc.oneof(
  fc.record({ do: fc.constant('open' as const) }),
  fc.record({ do: fc.constant('claim' as const), by: person }),
  fc.record({ do: fc.constant('assign' as const), by: person, seen: fc.option(person, { nil: undefined }) }),
  fc.record({ do: fc.constant('snooze' as const), days: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ do: fc.constant('wake' as const) }),
  fc.record({ do: fc.constant('day' as const) }),
  fc.record({ do: fc.constant('resolve' as const), by: person }),
  fc.record({ do: fc.constant('over' as const) }),
)
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

/** The newest alert, as the words of DOMAIN 8 have it. */
type Expected = { state: 'none' | 'open' | 'claimed' | 'snoozed' | 'resolved'; by?: string; wakes?: number }

/** What an act makes of it; undefined when it must change nothing. */
function next(now: Expected, act: Act, day: number): Expected | undefined {
  const isThere = now.state !== 'none' && now.state !== 'resolved'
  switch (act.do) {
    case 'open':
      return isThere ? undefined : { state: 'open' }
    case 'claim': {
      const isFree = now.state === 'open' || (now.state === 'snoozed' && (now.by === undefined || now.by === act.by))
      return isFree ? { state: 'claimed', by: act.by } : undefined
    }
    case 'assign':
      return isThere && now.by === act.seen ? { state: 'claimed', by: act.by } : undefined
    case 'snooze':
      return isThere ? { ...now, state: 'snoozed', wakes: day + act.days } : undefined
    case 'wake':
    case 'day':
      if (now.state !== 'snoozed' || (act.do === 'day' && (now.wakes ?? 0) > day)) return undefined
      return now.by === undefined ? { state: 'open' } : { state: 'claimed', by: now.by }
    case 'resolve':
    case 'over':
      return isThere ? { state: 'resolved', ...(now.by !== undefined && { by: now.by }) } : undefined
  }
}

async function newAccount(): Promise<number> {
  const id = `a${++accounts}`
  await saveAccounts(connection.db, [{ id, name: id, attributes: new Map() }], 0)
  return (await connection.db.selectFrom('accounts').select('key').where('id', '=', id).executeTakeFirstOrThrow()).key
}

const alertsOf = (account: number) =>
  connection.db.selectFrom('alerts').selectAll().where('account', '=', account).orderBy('opened_at').execute()

/** The state and holder that each event of an account says, in order. */
async function eventsOf(account: number) {
  const events = await eventsAfter(connection.db, 0, 100_000)
  return events.flatMap(event =>
    'fact' in event && event.kind === 'alert' && event.account === account
      ? [{ state: event.fact.state, by: event.fact.claimedBy }]
      : [],
  )
}

it('keeps at most one unresolved, moves only as its states allow, and makes an event of each change', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 25 }), async acts => {
      const { db } = connection
      const account = await newAccount()
      let expected: Expected = { state: 'none' }
      let day = 0
      const changes: { state: Expected['state']; by: string | undefined }[] = []
      for (const [step, one] of acts.entries()) {
        if (one.do === 'day') day += 1
        const wanted = next(expected, one, day)
        const newest = (await alertsOf(account)).at(-1)?.id ?? 'none'
        const done = await perform(one, account, newest, step, day)
        if (done !== undefined) expect(done).toBe(wanted !== undefined)
        expected = wanted ?? expected
        if (wanted !== undefined) changes.push({ state: wanted.state, by: wanted.by })

        const rows = await alertsOf(account)
        expect(rows.filter(({ state }) => state !== 'resolved').length).toBeLessThanOrEqual(1)
        const [row] = rows.slice(-1)
        expect({ state: row?.state ?? 'none', by: row?.claimed_by ?? undefined }).toEqual({
          state: expected.state,
          by: expected.by,
        })
      }
      expect(await eventsOf(account)).toEqual(changes)

      /** Whether it says that it changed something; nothing where it does not say. */
      async function perform(one: Act, account: number, id: string, step: number, day: number) {
        switch (one.do) {
          case 'open': {
            const alert = { id: `${account}-${step}`, account, kind: 'at_risk' as const, at: step, reason: 'It fell.' }
            await openAlerts(db, [alert])
            return undefined
          }
          case 'claim':
            return claimAlert(db, id, one.by, step)
          case 'assign':
            return assignAlert(db, id, { to: one.by, held: one.seen }, step)
          case 'snooze':
            return snoozeAlert(db, id, { until: { at: day + one.days, day: '2026-12-01' } }, day)
          case 'wake':
            return wakeAlert(db, id, step)
          case 'day':
            await wakeDueAlerts(db, day)
            return undefined
          case 'resolve':
            return resolveAlertBy(db, id, one.by, 'It is well again.', step)
          case 'over':
            await resolveAlert(db, account, 'at_risk', step)
            return undefined
        }
      }
    }),
    tries(60),
  )
})

it('is won by one of any number of simultaneous claims and assignments', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 0, max: 40 }), async (claims, assignments) => {
      const { db } = connection
      const account = await newAccount()
      const id = `${account}-rush`
      await openAlerts(db, [{ id, account, kind: 'at_risk', at: 0, reason: 'It fell.' }])

      const won = await Promise.all([
        ...Array.from({ length: claims }, (_, n) => claimAlert(db, id, `${n}@x.com`, n)),
        ...Array.from({ length: assignments }, (_, n) =>
          assignAlert(db, id, { to: `b${n}@x.com`, held: undefined }, n),
        ),
      ])

      expect(won.filter(Boolean)).toHaveLength(1)
    }),
    tries(20),
  )
})

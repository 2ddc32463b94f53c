import fc from 'fast-check'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import {
  type Bid,
  type Claim,
  LEASE,
  LONGEST_LEASE,
  releaseClaim,
  renewClaim,
  takeClaim,
  takenSince,
  underClaim,
} from '../../src/store/claims/claims.ts'
import { databaseNow } from '../../src/store/engine/database-now.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openTestDatabase } from '../support/test-database.ts'

let connection: Connection

beforeEach(async () => {
  connection = await openTestDatabase()
})
afterEach(() => connection.close())

const bid = (holder: string, name = 'scoring'): Bid => ({ kind: 'job', name, holder })
const taken = async (holder: string, name?: string) =>
  (await takeClaim(connection.db, bid(holder, name))) ?? expect.fail('it was free')
/** As if so much time had passed for what is held. */
const letPass = (milliseconds: number, name = 'scoring') =>
  connection.db
    .updateTable('claims')
    .set(({ eb }) => ({ until: eb('until', '-', milliseconds) }))
    .where('name', '=', name)
    .where('holder', 'is not', null)
    .execute()
const written = () => connection.db.selectFrom('meta').select('value').where('name', '=', 'by').execute()
const write = (claim: Claim) =>
  underClaim(connection.db, claim, db => db.insertInto('meta').values({ name: 'by', value: claim.holder }).execute())

it('one of a hundred that want the same at once gets it', async () => {
  const claims = await Promise.all(Array.from({ length: 100 }, (_, n) => takeClaim(connection.db, bid(`process ${n}`))))

  expect(claims.filter(claim => claim !== undefined)).toHaveLength(1)
})

const holder = fc.constantFrom('a', 'b', 'c')
const step = fc.oneof(
  ...(['take', 'keep', 'leave'] as const).map(act => fc.record({ act: fc.constant(act), holder })),
  fc.record({ act: fc.constant('pass' as const), holder, by: fc.constantFrom(LEASE / 2, LEASE, 3 * LEASE) }),
)

it('whatever processes do in whatever order, one holds it at a time, and its epoch grows with each taking', () =>
  fc.assert(
    fc.asyncProperty(fc.uuid(), fc.array(step, { maxLength: 25 }), async (name, steps) => {
      const held = new Map<string, Claim>()
      let current: Claim | undefined
      let [left, epoch] = [0, 0]
      for (const { holder, ...step } of steps) {
        const mine = held.get(holder)
        if (step.act === 'pass') {
          await letPass(step.by, name)
          left -= step.by
        } else if (step.act === 'take') {
          const claim = await takeClaim(connection.db, bid(holder, name))
          expect(claim !== undefined).toBe(current === undefined || left <= 0)
          if (claim === undefined) continue
          expect(claim.epoch).toBe(epoch + 1)
          held.set(holder, claim)
          ;[current, left, epoch] = [claim, LEASE, claim.epoch]
        } else if (mine !== undefined && step.act === 'keep') {
          const isKept = await renewClaim(connection.db, mine).then(
            () => true,
            () => false,
          )
          expect(isKept).toBe(mine === current)
          if (isKept) left = LEASE
        } else if (mine !== undefined) {
          await releaseClaim(connection.db, mine)
          if (mine === current) current = undefined
        }
        const isTaken = (await takenSince(connection.db, { kind: 'job', name })) !== undefined
        expect(isTaken).toBe(current !== undefined && left > 0)
      }
    }),
    { numRuns: 40 },
  ))

it('who decided by what they saw gets nothing once somebody was at it since', async () => {
  expect(await takeClaim(connection.db, bid('first'), 0)).toMatchObject({ epoch: 1 })
  await letPass(LEASE)
  const second = await takeClaim(connection.db, bid('second'), 1)
  if (second !== undefined) await releaseClaim(connection.db, second)

  expect(second).toMatchObject({ epoch: 2 })
  expect(await takeClaim(connection.db, bid('late'), 0)).toBeUndefined()
  expect(await takeClaim(connection.db, bid('late'), 1)).toBeUndefined()
  expect(await takeClaim(connection.db, bid('late'), 2)).toMatchObject({ epoch: 3 })
})

it('what a process writes that was taken over changes nothing, and it is told', async () => {
  const frozen = await taken('frozen')
  await letPass(LEASE)
  const other = await taken('other')

  await expect(write(frozen)).rejects.toMatchObject({ code: 'taken_over' })
  await releaseClaim(connection.db, frozen)

  expect(await written()).toEqual([])
  await write(other)
  expect(await written()).toEqual([{ value: 'other' }])
})

it('neither does what the same process writes by an earlier claim of its own', async () => {
  const earlier = await taken('service')
  await releaseClaim(connection.db, earlier)
  await taken('service')

  await expect(write(earlier)).rejects.toMatchObject({ code: 'taken_over' })
})

it('a write that fails is undone with the renewal of its claim', async () => {
  const claim = await taken('service')
  await letPass(LEASE)

  await expect(
    underClaim(connection.db, claim, async () => {
      throw new Error('disk full')
    }),
  ).rejects.toThrow('disk full')

  expect(await takeClaim(connection.db, bid('other'))).toBeDefined()
})

it('a claim that lapsed and that nobody took is its holder’s still', async () => {
  const claim = await taken('service')
  await letPass(LEASE)

  await write(claim)

  expect(await written()).toEqual([{ value: 'service' }])
  expect(await takeClaim(connection.db, bid('other'))).toBeUndefined()
})

it('time is the database’s: a process whose clock is years ahead takes nothing that is held', async () => {
  await taken('service')
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2040, 0, 1) })
  try {
    expect(await takeClaim(connection.db, bid('ahead'))).toBeUndefined()
  } finally {
    vi.useRealTimers()
  }
  const { rows } = await sql<{ now: number }>`select ${databaseNow(connection.db)} as now`.execute(connection.db)
  expect(await takenSince(connection.db, bid('anybody'))).toBeGreaterThan((rows[0]?.now ?? Infinity) - 10_000)
})

it('a claim of another version, which lets it stand for longer, is held', async () => {
  await taken('older version')
  await letPass(LEASE - LONGEST_LEASE)

  expect(await takenSince(connection.db, bid('anybody'))).toBeDefined()
  expect(await takeClaim(connection.db, bid('newer version'))).toBeUndefined()
})

it('a claim from before the clock of the database was set back is void', async () => {
  await taken('service')
  await letPass(-3_600_000)

  expect(await takenSince(connection.db, bid('anybody'))).toBeUndefined()
  expect(await takeClaim(connection.db, bid('other'))).toMatchObject({ epoch: 2 })
})

import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Reach } from '../../src/domain/scoring/reach.ts'
import { DAY, type Instant } from '../../src/domain/time/instant.ts'
import { listAccounts } from '../../src/store/accounts/account-list.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { fromBytes, toBytes } from '../../src/store/engine/packs/number-columns.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { forgetAccount } from '../../src/store/privacy/forget-account.ts'
import { deleteOld } from '../../src/store/privacy/retention.ts'
import { addSignals } from '../../src/store/sources/signals.ts'
import { migratedDatabase } from '../support/migrated.ts'
import { runs } from '../support/world-of-scores.ts'

const NOW = Date.UTC(2026, 10, 1, 6)
const KEYS = Array.from({ length: 600 }, (_, at) => at + 1)
const SOME = [KEYS, KEYS.filter(key => key % 3 === 2), KEYS.slice(200, 300), [1, 2, 257, 599]]

let connection: Connection

const open = async () => {
  connection = await migratedDatabase()
  bareOf(connection).exec(`insert into accounts (id, name, folded_name)
    with recursive keys (key) as (select 1 union all select key + 1 from keys where key < ${KEYS.length})
    select 'a' || key, 'Account ' || key, 'account ' || key from keys`)
}
beforeEach(open)
afterEach(() => connection.close())

const reachAt = (until: Instant): Reach => ({
  ...{ until, earliest: until - 30 * DAY, attributes: [] },
  metrics: new Map([
    ['logins', { allAfter: until - 60 * DAY, newestAfter: Infinity }],
    ['seats', { allAfter: until - 35 * DAY, newestAfter: -Infinity }],
  ]),
})
async function batchAt(until: Instant, keys: number[] = KEYS) {
  const batch = await (await connection.engine.signals.openSeries(connection.db, reachAt(until)))(keys, 1_000_000)
  return batch ?? expect.fail('too many signals')
}
/** As text, bit by bit: columns are long. */
async function read(until: Instant, keys?: number[]) {
  const { columns, firstAt } = await batchAt(until, keys)
  const { at, value, starts, ties } = columns
  return [...[at, value, starts, firstAt].map(({ buffer }) => Buffer.from(buffer).toString('base64')), [...ties].join()]
}
const pack = (until: Instant) => connection.engine.signals.packWeeks(connection.db, reachAt(until))
const packs = () => bareOf(connection).prepare('select count(*) from signal_packs').pluck().get()

/** What is read of the rows alone. */
async function readRows(until: Instant, keys?: number[]) {
  const sqlite = bareOf(connection)
  sqlite.exec('begin; delete from signal_packs')
  try {
    return await read(until, keys)
  } finally {
    sqlite.exec('rollback')
  }
}

/** Few accounts, on both sides of where a block ends, and few instants, so that much is corrected and much is tied. */
const signal = fc.record({
  account: fc.constantFrom(1, 2, 254, 255, 256, 257, 299, 511, 512, 599),
  metric: fc.constantFrom('logins', 'seats', 'unasked'),
  id: fc.constantFrom('', 'x', '~2', '~10', '\u{7f}'),
  value: fc.oneof(fc.integer({ min: -300, max: 70_000 }), fc.constantFrom(0.1, 1e300, -1 / 3)),
  ago: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 100 * 24 })),
  millisecond: fc.constantFrom(0, 0, 1),
})

const asked = fc.record({ at: fc.constantFrom(NOW, NOW + 9 * DAY), keys: fc.constantFrom(...SOME) })

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ signals: fc.array(signal, { minLength: 10, maxLength: 80 }), isHistory: fc.boolean() }),
  },
  { weight: 4, arbitrary: fc.record({ packedAt: fc.integer({ min: -20, max: 20 }) }) },
  { weight: 1, arbitrary: fc.record({ forgotten: signal.map(({ account }) => account) }) },
  { weight: 2, arbitrary: fc.record({ kept: fc.integer({ min: 10, max: 45 }) }) },
)

async function take(done: typeof step extends fc.Arbitrary<infer Step> ? Step : never): Promise<void> {
  const { db } = connection
  if ('packedAt' in done) return pack(NOW + done.packedAt * DAY)
  if ('kept' in done) {
    const forever = { scores: 'forever', comments: 'forever', messages: 'forever', audit: 'forever' } as const
    await deleteOld(db, { ...forever, signals: done.kept * DAY }, NOW)
  } else if ('forgotten' in done) {
    const account = (await listAccounts(db)).find(({ key }) => key === done.forgotten)
    if (account !== undefined) await forgetAccount(db, account, { at: NOW, by: 'us@example.com' })
  } else {
    const signals = done.signals.map(({ ago, millisecond, ...signal }) => {
      const observedAt = NOW - ago * 3_600_000 - millisecond
      return { ...signal, observedAt, receivedAt: done.isHistory ? observedAt : NOW }
    })
    await addSignals(connection, signals, { isHistory: done.isHistory })
  }
}

describe('what is packed of closed weeks', () => {
  it('reads to the last bit as the rows do, whatever is written, corrected, forgotten and deleted between', async () => {
    await fc.assert(
      fc
        .asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), asked, async (steps, { at, keys }) => {
          for (const done of steps) {
            await take(done)
            expect(await read(at, keys)).toEqual(await readRows(at, keys))
          }
        })
        .beforeEach(async () => {
          await connection.close()
          await open()
        }),
      runs(30),
    )
  })

  it('is read in place of the rows, but for weeks that are not over for a day', async () => {
    const days = [16, 9, 0]
    const signals = days.map(day => ({ account: 7, metric: 'logins', value: day, id: '', observedAt: NOW - day * DAY }))
    await addSignals(
      connection,
      signals.map(signal => ({ ...signal, receivedAt: NOW })),
    )
    await pack(NOW)
    bareOf(connection).exec('update signals set value = 99')

    expect([...(await batchAt(NOW)).columns.value]).toEqual([16, 9, 99])
  })

  it('leaves weeks to their rows that are too full for a pack', async () => {
    const observedAt = NOW - 9 * DAY
    await addSignals(connection, [{ account: 3, metric: 'logins', value: 1, id: '', observedAt, receivedAt: NOW }])
    bareOf(connection).exec(`insert or ignore into signals
      with recursive times (time) as (select 0 union all select time + 1 from times where time < 50000)
      select week, account, metric, time, id, value, delay, source from times, signals`)
    await pack(NOW)

    expect(packs()).toBeGreaterThan(0)
    expect(await read(NOW)).toEqual(await readRows(NOW))
  })

  it('goes once nothing looks so far back', async () => {
    await addSignals(connection, [
      { account: 3, metric: 'logins', value: 1, id: '', observedAt: NOW - 50 * DAY, receivedAt: NOW },
      { account: 3, metric: 'logins', value: 1, id: '', observedAt: NOW, receivedAt: NOW },
    ])
    await pack(NOW)
    await pack(NOW + 100 * DAY)

    expect(packs()).toBe(0)
  })
})

it('keeps every number of a column', () => {
  const number = fc.oneof(
    fc.integer({ min: -5, max: 300 }),
    fc.integer({ min: 0, max: 700_000 }).map(seconds => NOW + seconds * 1_000),
    fc.maxSafeInteger(),
    fc.double(),
  )
  // A database knows no negative zero.
  const column = fc.oneof(...[1, 2, 3].map(() => fc.array(number.map(n => n + 0))))
  fc.assert(
    fc.property(fc.array(column), columns => {
      expect(fromBytes(toBytes(columns)).map(numbers => [...numbers])).toEqual(columns)
    }),
  )
})

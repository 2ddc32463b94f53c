import { afterEach, beforeEach, expect, it } from 'vitest'
import { LEASE } from '../../src/store/claims/claims.ts'
import {
  countShards,
  finishShard,
  isAnyShardTaken,
  offerShards,
  partOf,
  takeShard,
  withdrawShards,
} from '../../src/store/claims/shards.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { inTransaction } from '../../src/store/engine/transaction.ts'
import type { Db } from '../../src/store/tables.ts'
import { openTestDatabase } from '../support/test-database.ts'

let connection: Connection
let db: Db

beforeEach(async () => {
  connection = await openTestDatabase()
  db = connection.db
})
afterEach(() => connection.close())

const taken = async (holder: string, work = 1) => (await takeShard(db, work, holder)) ?? expect.fail('one was free')
const lapse = () =>
  db
    .updateTable('claims')
    .set(({ eb }) => ({ until: eb('until', '-', LEASE) }))
    .where('holder', 'is not', null)
    .execute()

it('each of a hundred that want one at once gets another, as long as there are some', async () => {
  const parts = Array.from({ length: 60 }, (_, part) => part)
  await offerShards(db, 1, parts)

  const claims = await Promise.all(Array.from({ length: 100 }, (_, n) => takeShard(db, 1, `process ${n}`)))

  const got = claims.flatMap(claim => (claim === undefined ? [] : [partOf(claim)]))
  expect(got.sort((a, b) => a - b)).toEqual(parts)
})

it('one that a process was killed at is taken again once its claim has lapsed', async () => {
  await offerShards(db, 1, [7])
  await taken('killed')
  expect(await takeShard(db, 1, 'other')).toBeUndefined()
  expect(await isAnyShardTaken(db)).toBe(true)
  await lapse()

  expect(await isAnyShardTaken(db)).toBe(false)
  expect(await taken('other')).toMatchObject({ holder: 'other', epoch: 2 })
})

it('what a process does late, after another took over, is written by the other alone', async () => {
  await offerShards(db, 1, [7])
  const frozen = await taken('frozen')
  await lapse()
  const other = await taken('other')
  const write = (claim: typeof frozen) =>
    inTransaction(db, async db => {
      await finishShard(db, claim)
      await db.insertInto('meta').values({ name: 'by', value: claim.holder }).execute()
    })

  await expect(write(frozen)).rejects.toMatchObject({ code: 'taken_over' })
  await write(other)
  await expect(write(frozen)).rejects.toMatchObject({ code: 'taken_over' })

  expect(await db.selectFrom('meta').select('value').where('name', '=', 'by').execute()).toEqual([{ value: 'other' }])
  expect(await countShards(db, 1)).toBe(0)
})

it('what was withdrawn is nobody’s any more, and its number is no other’s', async () => {
  await offerShards(db, 1, [7])
  const late = await taken('late')
  await withdrawShards(db)
  await offerShards(db, 11, [7])

  expect(await takeShard(db, 1, 'other')).toBeUndefined()
  await expect(finishShard(db, late)).rejects.toMatchObject({ code: 'taken_over' })
  expect(await countShards(db, 11)).toBe(1)
})

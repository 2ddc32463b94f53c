import { afterEach, beforeEach, expect, it } from 'vitest'
import { LEASE } from '../../src/store/claims/claims.ts'
import {
  countShards,
  finishShards,
  isAnyShardTaken,
  offerShards,
  partOf,
  takeShards,
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

const taken = (holder: string, work = 1) => takeShards(db, work, holder)
const lapse = () =>
  db
    .updateTable('claims')
    .set(({ eb }) => ({ until: eb('until', '-', LEASE) }))
    .where('holder', 'is not', null)
    .execute()

it('of a hundred that want some at once each gets others, until all are taken', async () => {
  const parts = Array.from({ length: 60 }, (_, part) => part)
  await offerShards(db, 1, parts)

  const claims = await Promise.all(Array.from({ length: 100 }, (_, n) => takeShards(db, 1, `process ${n}`)))

  const got = claims.flat().map(partOf)
  expect(got.sort((a, b) => a - b)).toEqual(parts)
})

it('the first ones are taken together, and fewer the fewer there are', async () => {
  await offerShards(
    db,
    1,
    Array.from({ length: 24 }, (_, part) => part),
  )

  const turns: number[][] = []
  for (let claims = await taken('one'); claims.length > 0; claims = await taken('one')) turns.push(claims.map(partOf))

  expect(turns.flat()).toEqual(Array.from({ length: 24 }, (_, part) => part))
  expect(turns.map(({ length }) => length)).toEqual([4, 4, 4, 3, 3, 2, 1, 1, 1, 1])
})

it('one that a process was killed at is taken again once its claim has lapsed', async () => {
  await offerShards(db, 1, [7])
  await taken('killed')
  expect(await taken('other')).toEqual([])
  expect(await isAnyShardTaken(db)).toBe(true)
  await lapse()

  expect(await isAnyShardTaken(db)).toBe(false)
  expect(await taken('other')).toMatchObject([{ holder: 'other', epoch: 2 }])
})

it('what a process does late, after another took over a part of it, is written by the other alone', async () => {
  await offerShards(db, 1, [7])
  const frozen = await taken('frozen')
  await lapse()
  const other = await taken('other')
  const write = (holder: string, claims: typeof frozen) =>
    inTransaction(db, async db => {
      await finishShards(db, claims)
      await db.insertInto('meta').values({ name: 'by', value: holder }).execute()
    })

  await expect(write('frozen', frozen)).rejects.toMatchObject({ code: 'taken_over' })
  await write('other', other)
  await expect(write('frozen', frozen)).rejects.toMatchObject({ code: 'taken_over' })

  expect(await db.selectFrom('meta').select('value').where('name', '=', 'by').execute()).toEqual([{ value: 'other' }])
  expect(await countShards(db, 1)).toBe(0)
})

it('what was withdrawn is nobody’s any more, and its number is no other’s', async () => {
  await offerShards(db, 1, [7])
  const late = await taken('late')
  await withdrawShards(db)
  await offerShards(db, 11, [7])

  expect(await taken('other')).toEqual([])
  await expect(finishShards(db, late)).rejects.toMatchObject({ code: 'taken_over' })
  expect(await countShards(db, 11)).toBe(1)
})

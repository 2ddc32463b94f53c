import { expect, it } from 'vitest'
import { compiledOnce } from '../../src/store/compiled-once.ts'
import { inTransaction } from '../../src/store/engine/transaction.ts'
import { openTestDatabase } from '../support/test-database.ts'

const named = compiledOnce((db, ...names: readonly string[]) =>
  db.selectFrom('meta').select('value').where('name', 'in', names).where('value', '!=', 'never').orderBy('name'),
)

it('a query that is compiled once takes the values of each use, as many as there are', async () => {
  const { db, close } = await openTestDatabase()
  const rows = ['a', 'b', 'c'].map(name => ({ name, value: `of ${name}` }))
  await db.insertInto('meta').values(rows).execute()

  const found = [await named(db, 'b'), await named(db, 'c'), await named(db, 'c', 'a'), await named(db, 'none')]

  expect(found.map(rows => rows.map(({ value }) => value))).toEqual([['of b'], ['of c'], ['of a', 'of c'], []])
  await close()
})

it('a query that is compiled once sees what its transaction has written', async () => {
  const { db, close } = await openTestDatabase()
  await named(db, 'a')

  const seen = await inTransaction(db, async db => {
    await db.insertInto('meta').values({ name: 'a', value: 'written' }).execute()
    return named(db, 'a')
  })

  expect(seen).toEqual([{ value: 'written' }])
  await close()
})

it('each database has its own', async () => {
  const [one, other] = [await openTestDatabase(), await openTestDatabase()]
  await other.db.insertInto('meta').values({ name: 'a', value: 'other' }).execute()

  expect([await named(one.db, 'a'), await named(other.db, 'a')]).toEqual([[], [{ value: 'other' }]])
  await one.close()
  await other.close()
})

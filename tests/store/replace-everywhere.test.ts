import { expect, it } from 'vitest'
import { replaceEverywhere } from '../../src/store/privacy/replace-everywhere.ts'
import { openTestDatabase } from '../support/test-database.ts'

it('a name is replaced in every text of this database, and of no other beside it', async () => {
  const [one, other] = [await openTestDatabase(), await openTestDatabase()]
  for (const { db } of [one, other]) {
    await db.insertInto('preferences').values({ person: 'ana_1@x.com', preference: 'p', value: 'v' }).execute()
    await db.insertInto('preferences').values({ person: 'anab1@x.com', preference: 'p', value: 'v' }).execute()
  }
  const persons = async ({ db }: typeof one) =>
    (await db.selectFrom('preferences').select('person').orderBy('person').execute()).map(({ person }) => person)

  expect(await replaceEverywhere(one.db, ['ana_1@x.com'], 'nobody')).toBe(1)

  expect(await persons(one)).toEqual(['anab1@x.com', 'nobody'])
  expect(await persons(other)).toEqual(['ana_1@x.com', 'anab1@x.com'])
  await one.close()
  await other.close()
})

import fc from 'fast-check'
import { type Compilable, sql } from 'kysely'
import { expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '../../src/store/engine/engines.ts'
import { migrate } from '../../src/store/engine/schema/migrate.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'

async function openMigrated() {
  const connection = openDatabase('sqlite::memory:')
  onTestFinished(connection.close)
  await migrate(connection)
  return connection
}

it('serves what is open, owned or due for renewal from the indexes over just that', async () => {
  const connection = await openMigrated()
  const { db } = connection
  const attributes = db.selectFrom('account_attributes').select('account')
  const planOf = (query: Compilable<unknown>) => {
    const { sql, parameters } = query.compile()
    const rows = bareOf(connection).prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
    return rows
      .all(...parameters)
      .map(({ detail }) => detail)
      .join()
  }

  expect(planOf(db.selectFrom('alerts').select('account').where('state', '!=', 'resolved'))).toMatch(
    'alerts_unresolved',
  )
  expect(planOf(attributes.where('attribute', '=', 'owner').where('value', '=', 'dana@example.com'))).toMatch(
    'accounts_by_owner',
  )
  expect(planOf(attributes.where('attribute', '=', 'renewal_on').where('value', '>', '2026-11-01'))).toMatch(
    'renewals_by_day',
  )
})

it('takes every value for what it is, also those that are written out', async () => {
  const { db } = await openMigrated()
  const values = fc.oneof(fc.integer(), fc.double({ noNaN: true }), fc.string(), fc.constantFrom('owner', null))

  await fc.assert(
    fc.asyncProperty(values, async value => {
      const { rows } = await sql<{ value: unknown }>`select ${value} as value`.execute(db)
      expect(rows).toEqual([{ value }])
    }),
  )
})

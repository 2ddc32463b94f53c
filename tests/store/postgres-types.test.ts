import { expect, it } from 'vitest'
import { openTestDatabase } from '../support/test-database.ts'

/** Columns that hold an instant are named so; 32 bits are full after 25 days. */
const INSTANT = /(^|_)(at|until|since|slot|from)$|^not_before$/

it('keeps instants in 64 bits and fractions without loss, whatever the database', async () => {
  const { db, close } = await openTestDatabase()
  const tables = await db.introspection.getTables()
  const columns = tables.flatMap(({ name, columns }) => columns.map(column => ({ ...column, table: name })))

  const narrow = columns.filter(({ name, dataType }) => dataType === 'int4' && INSTANT.test(name))
  const rough = columns.filter(({ dataType }) => dataType === 'float4')

  expect(tables.length).toBeGreaterThan(30)
  expect(narrow.map(({ table, name }) => `${table}.${name}`)).toEqual([])
  expect(rough.map(({ table, name }) => `${table}.${name}`)).toEqual([])
  await close()
})

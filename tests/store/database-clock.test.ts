import { afterEach, beforeEach, expect, it } from 'vitest'
import { databaseClock } from '../../src/process/database-clock.ts'
import { readDatabaseNow } from '../../src/store/engine/database-now.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openTestDatabase } from '../support/test-database.ts'

let connection: Connection

beforeEach(async () => {
  connection = await openTestDatabase()
})
afterEach(() => connection.close())

it.each([-600_000, 600_000])('instances agree on the time though the clock of one is %i ms off', async off => {
  const { clock, stop } = await databaseClock(connection.db, () => Date.now() + off)
  stop()

  expect(Math.abs(clock() - (await readDatabaseNow(connection.db)))).toBeLessThan(5_000)
})

it('a clock that agrees with the database stays as it is', async () => {
  const { clock, stop } = await databaseClock(connection.db, () => Date.now())
  stop()
  const before = Date.now()

  const now = clock()

  expect(now).toBeGreaterThanOrEqual(before)
  expect(now).toBeLessThanOrEqual(Date.now())
})

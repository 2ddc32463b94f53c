import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { saveAccounts } from '../../../src/store/accounts/accounts.ts'
import type { Connection } from '../../../src/store/engine/engine.ts'
import { openDatabase } from '../../../src/store/engine/engines.ts'
import { inTransaction } from '../../../src/store/engine/transaction.ts'
import { type ShownAccount, saveCurrentStatus } from '../../../src/store/scoring/statuses/current-status.ts'
import type { Db } from '../../../src/store/tables.ts'
import { createPostgres } from '../../support/test-database.ts'

let connection: Connection
let remove: () => Promise<void>

beforeEach(async () => {
  const database = await createPostgres()
  remove = database.remove
  connection = openDatabase(database.url)
  const accounts = Array.from({ length: ACCOUNTS }, (_, place) => ({
    id: `a${place}`,
    name: 'Acme',
    attributes: new Map(),
  }))
  await saveAccounts(connection.db, accounts, 0)
})
afterEach(async () => {
  await connection.close()
  await remove()
})

const ACCOUNTS = 500
const FIRST_DAY = Date.UTC(2026, 10, 2, 6)
const DAY = 86_400_000

it('scoring accounts that keep their place in the portfolio touches none of its indexes, day after day', async () => {
  await rowsWithoutIndex(FIRST_DAY)

  expect(await rowsWithoutIndex(FIRST_DAY + DAY)).toBe(ACCOUNTS)
  expect(await rowsWithoutIndex(FIRST_DAY + 2 * DAY)).toBe(ACCOUNTS)
})

/** Writes statuses; returns how many of their rows no index was told of. */
function rowsWithoutIndex(at: number): Promise<number> {
  return inTransaction(connection.db, async db => {
    const before = await countWithoutIndex(db)
    await saveCurrentStatus(db, standingAt(at), 1, true)
    return (await countWithoutIndex(db)) - before
  })
}

/** Of this connection, since the server last added them to its statistics: not in the middle of a transaction. */
async function countWithoutIndex(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select pg_stat_get_xact_tuples_hot_updated('current_status'::regclass) as count`.execute(db)
  return rows[0]?.count ?? 0
}

function standingAt(at: number): ShownAccount[] {
  return Array.from({ length: ACCOUNTS }, (_, place) => ({
    ...{ account: place + 1, day: '2026-11-02', at, score: undefined, coverage: 1 - (at - FIRST_DAY) / (10 * DAY) },
    ...{ segment: undefined, expansionHeld: false, role: undefined, change: -place, reason: 'Logins fell by a third' },
    status: { verdict: 'healthy', hasSharpDrop: false, expansionReady: false, rules: [] },
  }))
}

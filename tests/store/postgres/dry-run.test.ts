import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { saveAccounts } from '../../../src/store/accounts/accounts.ts'
import type { Connection } from '../../../src/store/engine/engine.ts'
import { openDatabase } from '../../../src/store/engine/engines.ts'
import { inTransaction } from '../../../src/store/engine/transaction.ts'
import { addSignals } from '../../../src/store/sources/signals.ts'
import type { Db } from '../../../src/store/tables.ts'
import { createPostgres } from '../../support/test-database.ts'

let connection: Connection
let other: Connection
let remove: () => Promise<void>

beforeEach(async () => {
  const database = await createPostgres()
  remove = database.remove
  ;[connection, other] = [openDatabase(database.url), openDatabase(database.url)]
  await saveAccounts(connection.db, [account('acme')], 0)
})
afterEach(async () => {
  await connection.close()
  await other.close()
  await remove()
})

const account = (id: string) => ({ id, name: id, attributes: new Map([['owner', 'dana@ours.example']]) })
const ids = async (db: Db) => (await db.selectFrom('accounts').select('id').orderBy('id').execute()).map(({ id }) => id)
const signal = { account: 1, metric: 'seats', observedAt: 0, value: 1, receivedAt: 0, id: '' }
const isInTransaction = async ({ db }: Connection) =>
  (await sql<{ is: boolean }>`select now() <> statement_timestamp() as is`.execute(db)).rows[0]?.is

it('a dry run is one transaction, which any proxy keeps on one connection, and nothing of it stays', async () => {
  const dryRun = await connection.engine.dryRun()
  await saveAccounts(connection.db, [account('globex')], 0)
  expect(await addSignals(connection, [signal])).toEqual({ added: 1, changed: 0, unchanged: 0 })

  expect(await isInTransaction(connection)).toBe(true)
  const silence = await sql`show idle_in_transaction_session_timeout`.execute(connection.db)
  expect(silence.rows).toEqual([{ idle_in_transaction_session_timeout: '0' }])
  expect(await ids(connection.db)).toEqual(['acme', 'globex'])
  expect(await ids(other.db)).toEqual(['acme'])
  await dryRun.end()

  expect(await ids(connection.db)).toEqual(['acme'])
  expect(await addSignals(connection, [signal])).toEqual({ added: 1, changed: 0, unchanged: 0 })
})

it('what fails in a dry run takes back no more than itself', async () => {
  const dryRun = await connection.engine.dryRun()
  await saveAccounts(connection.db, [account('globex')], 0)
  const failing = inTransaction(connection.db, async db => {
    await saveAccounts(db, [account('initech')], 0)
    throw new Error('it was not to be')
  })
  await expect(failing).rejects.toThrow('it was not to be')

  expect(await ids(connection.db)).toEqual(['acme', 'globex'])

  await dryRun.end()
})

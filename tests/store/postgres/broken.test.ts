import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Request } from '../../../src/chat/port.ts'
import { storageTrouble } from '../../../src/ingest/storage-trouble.ts'
import { noteArrival } from '../../../src/store/delivery/handled-requests.ts'
import type { Connection } from '../../../src/store/engine/engine.ts'
import { openDatabase } from '../../../src/store/engine/engines.ts'
import { openPool } from '../../../src/store/engine/postgres/connections/pool.ts'
import { inTransaction } from '../../../src/store/engine/transaction.ts'
import type { Db } from '../../../src/store/tables.ts'
import { createPostgres, onServer } from '../../support/test-database.ts'

/** What happens to a connection, and what is said of it. */
let url: string
let connection: Connection
let remove: () => Promise<void>

beforeEach(async () => {
  const database = await createPostgres()
  ;({ url, remove } = database)
  connection = openDatabase(url, { connections: 2 })
})
afterEach(async () => {
  await connection.close()
  await remove()
})

const saidOf = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    error => storageTrouble(error)?.sentence ?? `a bug: ${error}`,
  )
const UNWRITABLE = 'The database cannot be written.'
const metrics = async () => (await connection.db.selectFrom('metrics').select('name').execute()).map(({ name }) => name)

/** Ends the connection that a transaction is on. */
async function cut(db: Db): Promise<void> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
  await onServer(url, `select pg_terminate_backend(${rows[0]?.pid})`)
}

describe('a transaction of three statements', () => {
  it.each([
    ['before the first', 0],
    ['before the second', 1],
    ['before the third', 2],
    ['before it is committed', 3],
  ])('whose connection is lost %s writes nothing, says so, and succeeds the next time', async (_, when) => {
    const write = (isCut: boolean) =>
      inTransaction(connection.db, async db => {
        for (let n = 0; n < 3; n += 1) {
          if (isCut && n === when) await cut(db)
          await db
            .insertInto('metrics')
            .values({ name: `m${n}` })
            .execute()
        }
        if (isCut && when === 3) await cut(db)
      })

    expect(await saidOf(write(true))).toBe('The database cannot be reached.')
    expect(await metrics()).toEqual([])

    await write(false)
    expect(await metrics()).toEqual(['m0', 'm1', 'm2'])
  })
})

it('a statement that takes longer than the server allows is said to, and the next one works', async () => {
  const hasty = openDatabase(`${url}?options=-c%20statement_timeout%3D50`, { connections: 1 })

  expect(await saidOf(sql`select pg_sleep(5)`.execute(hasty.db))).toMatch(/took longer than its statement_timeout/)
  expect(await saidOf(sql`select 1`.execute(hasty.db))).toBe('nothing')

  await hasty.close()
})

it('a pool whose connections are all in use says so, and goes on once one is free', async () => {
  const pool = openPool(url, 1, { timeout: 1_000 })
  const first = await pool.connect()

  expect(await saidOf(pool.connect())).toBe('No connection to the database came free.')
  first.release()
  const second = await pool.connect()
  second.release()

  await pool.end()
})

it('a server that has few connections left for us lends those to one after the other', async () => {
  const role = `few_${randomUUID().replaceAll('-', '')}`
  await onServer(url, `create role ${role} login password 'few' connection limit 2`)
  const few = openDatabase(Object.assign(new URL(url), { username: role, password: 'few' }).href, { connections: 10 })

  const asked = Array.from({ length: 8 }, () => saidOf(sql`select pg_sleep(0.05)`.execute(few.db)))

  expect(new Set(await Promise.all(asked))).toEqual(new Set(['nothing']))
  await few.close()
  await onServer(url, `drop role ${role}`)
})

it('a right that is missing is said to', async () => {
  const role = `poor_${randomUUID().replaceAll('-', '')}`
  await onServer(url, `create role ${role} login password 'poor'`)
  const poor = openDatabase(Object.assign(new URL(url), { username: role, password: 'poor' }).href, { connections: 1 })

  const said = await saidOf(poor.db.selectFrom('scores').select('day').execute())

  expect(said).toBe('The user in DATABASE_URL lacks a right that Rounds needs.')
  await poor.close()
  await onServer(url, `drop role ${role}`)
})

it('what came in is noted while lookups hold every connection', async () => {
  const slow = Promise.all([1, 2, 3].map(() => sql`select pg_sleep(2)`.execute(connection.db)))
  const request = { deliveryId: 'd' } as Request
  const noted = noteArrival(connection, { kind: 'ask', request }, { at: 0, instance: 'service:one' })

  expect(await Promise.race([slow.then(() => 'answered'), noted.then(() => 'noted')])).toBe('noted')
  await slow
})

describe('a server that takes no writes', () => {
  it('says so, whatever is to be written, and goes on once it takes them', async () => {
    const name = new URL(url).pathname.slice(1)
    await onServer(url, `alter database ${name} set default_transaction_read_only = on`)
    const one = () => connection.db.insertInto('metrics').values({ name: 'logins' }).execute()
    // Connections that are made now take no writes, ever.
    expect(await Promise.all([one(), one()].map(saidOf))).toEqual([UNWRITABLE, UNWRITABLE])
    expect(await saidOf(inTransaction(connection.db, one))).toBe(UNWRITABLE)
    expect(await saidOf(connection.engine.probeWriting(connection.db, 0))).toBe(UNWRITABLE)
    await onServer(new URL('postgres', url).href, `alter database ${name} reset default_transaction_read_only`)

    expect(await saidOf(one())).toBe('nothing')
  })
})

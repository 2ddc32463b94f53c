import { type AddressInfo, connect, createServer } from 'node:net'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compiledOnce } from '../../../src/store/compiled-once.ts'
import type { Connection } from '../../../src/store/engine/engine.ts'
import { openDatabase } from '../../../src/store/engine/engines.ts'
import { inSnapshot, inTransaction } from '../../../src/store/engine/transaction.ts'
import type { Db } from '../../../src/store/tables.ts'
import { createPostgres, onServer } from '../../support/test-database.ts'

let url: string
let connection: Connection
let remove: () => Promise<void>

beforeEach(async () => {
  const database = await createPostgres()
  ;({ url, remove } = database)
  connection = openDatabase(url, { connections: 1 })
  await connection.db.insertInto('metrics').values({ name: 'logins' }).execute()
})
afterEach(async () => {
  await connection.close()
  await remove()
})

const metricCalled = compiledOnce((db, name: string) => db.selectFrom('metrics').selectAll().where('name', '=', name))
const outcomesOf = compiledOnce((db, account: number) =>
  db.selectFrom('outcomes').selectAll().where('account', '=', account),
)
const renamed = compiledOnce((db, name: string, before: string) =>
  db.updateTable('metrics').set({ name }).where('name', '=', before).returningAll(),
)
const found = [expect.objectContaining({ name: 'logins' })]

/** How often the server has run each statement that it knows by a name, on the one connection that there is. */
async function known(): Promise<(number | string)[]> {
  const { rows } = await sql<{ runs: number }>`select (generic_plans + custom_plans)::int as runs
    from pg_prepared_statements order by prepare_time`.execute(connection.db)
  return rows.map(({ runs }) => runs)
}

const letGo = (db: Db) => sql`deallocate all`.execute(db)
let columns = 0
const addColumn = () => {
  columns += 1
  const words = ['metrics', 'outcomes'].map(table => `alter table ${table} add column new_${columns} text`)
  return onServer(url, words.join('; '))
}

it('a statement that is asked often is sent once, and known by its name from then on', async () => {
  for (let n = 0; n < 3; n += 1) expect(await metricCalled(connection.db, 'logins')).toEqual(found)
  await inTransaction(connection.db, db => metricCalled(db, 'logins'))
  await inSnapshot(connection.db, db => Promise.all([metricCalled(db, 'logins'), metricCalled(db, 'seats')]))

  expect(await known()).toEqual([6])
})

it('what is asked as it comes has no name', async () => {
  for (let n = 0; n < 3; n += 1) await connection.db.selectFrom('metrics').selectAll().execute()

  expect(await known()).toEqual([])
})

describe.each([
  ['the server was told to let go of all names', () => letGo(connection.db)],
  ['a migration has added a column', addColumn],
])('where %s', (_, happens) => {
  it.each<[string, () => Promise<unknown>]>([
    ['a question', () => metricCalled(connection.db, 'logins')],
    ['a snapshot', () => inSnapshot(connection.db, db => metricCalled(db, 'logins'))],
    ['a transaction', () => inTransaction(connection.db, db => metricCalled(db, 'logins'))],
  ])('%s is answered as ever', async (_, ask) => {
    await ask()
    await happens()

    expect(await ask()).toEqual(found)
    expect(await ask()).toEqual(found)
  })

  it('a snapshot is answered in which all were asked at once, whichever is heard of first', async () => {
    const later = async <T>(answer: Promise<T>) => (await Promise.all([answer]))[0]
    const ask = () =>
      inSnapshot(connection.db, db =>
        Promise.all([later(metricCalled(db, 'logins')), outcomesOf(db, 1), sql`select 1`.execute(db)]),
      )
    await ask()
    await happens()

    expect(await ask()).toMatchObject([found, [], { rows: [{}] }])
  })

  it('a statement writes once, also after another one of its transaction, and lightly', async () => {
    const { db, engine } = connection
    await renamed(db, 'logins', 'nothing')
    await happens()

    await engine.writeLightly(db, db => renamed(db, 'seats', 'logins'))
    await happens()
    await inTransaction(db, async db => {
      await db.insertInto('metrics').values({ name: 'nps' }).execute()
      expect(await renamed(db, 'logins', 'seats')).toEqual(found)
    })

    const names = await db.selectFrom('metrics').select('name').orderBy('name').execute()
    expect(names.map(({ name }) => name)).toEqual(['logins', 'nps'])
  })
})

it('after a migration a statement has the new columns, under a name of its own', async () => {
  await metricCalled(connection.db, 'logins')
  await addColumn()

  for (let n = 0; n < 3; n += 1) {
    expect(await metricCalled(connection.db, 'logins')).toEqual([expect.objectContaining({ [`new_${columns}`]: null })])
  }

  expect((await known()).at(-1)).toBe(3)
})

it('through a proxy that lends servers nothing has a name', async () => {
  const proxy = await openProxy()
  const through = openDatabase(proxy.url, { connections: 1 })
  for (let n = 0; n < 3; n += 1) expect(await metricCalled(through.db, 'logins')).toEqual(found)

  const { rows } = await sql`select name from pg_prepared_statements`.execute(through.db)

  expect(rows).toEqual([])
  await through.close()
  proxy.end()
})

it('in a dry run a statement looks at what the dry run has written', async () => {
  await metricCalled(connection.db, 'logins')
  await outcomesOf(connection.db, 1)
  const dryRun = await connection.engine.dryRun()
  await connection.db.insertInto('metrics').values({ name: 'seats' }).execute()

  expect(await metricCalled(connection.db, 'seats')).toHaveLength(1)
  await dryRun.end()

  expect(await metricCalled(connection.db, 'seats')).toEqual([])
})

/** As PgBouncer does, it tells its clients another number than that of the server behind it. */
async function openProxy() {
  const { hostname, port } = new URL(url)
  const server = createServer(client => {
    const behind = connect(Number(port), hostname)
    client.pipe(behind)
    behind.on('data', (bytes: Buffer) => {
      const at = bytes.indexOf('K\0\0\0\f', 0, 'latin1')
      if (at !== -1) bytes.writeInt32BE(bytes.readInt32BE(at + 5) + 1, at + 5)
      client.write(bytes)
    })
    client.on('error', () => {}).on('close', () => behind.destroy())
    behind.on('error', () => {}).on('close', () => client.destroy())
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const through = new URL(url)
  through.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url: through.href, end: () => server.close() }
}

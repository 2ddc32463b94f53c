import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { DAY } from '../../src/domain/time/instant.ts'
import { pullQuery } from '../../src/ingest/pull/pull-query.ts'
import { openWarehouse } from '../../src/ingest/pull/warehouse.ts'
import { sourcesSchema } from '../../src/model/sources.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { failedPulls } from '../../src/store/sources/pulls.ts'
import { pullPostgres } from '../../src/work/sources/pull-postgres.ts'
import { migratedDatabase } from '../support/migrated.ts'
import { startServer } from '../support/postgres-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const NOW = Date.UTC(2026, 10, 20, 12)
const USAGE = {
  metric: 'active_users',
  query: 'select account_id, users as value, day as observed_at from usage_daily where day > $1;',
}

let server: Awaited<ReturnType<typeof startServer>> | undefined
let warehouse: pg.Client
let connection: Connection

beforeAll(async () => {
  server = await startServer(join(temporaryFolder(), `warehouse-${randomUUID()}`))
  warehouse = new pg.Client(server.url)
  await warehouse.connect()
})

afterAll(async () => {
  await warehouse?.end()
  await server?.stop()
})

beforeEach(async () => {
  connection = await migratedDatabase()
  const accounts = ['acme', 'globex'].map(id => ({ id, name: id, attributes: new Map() }))
  await saveAccounts(connection.db, accounts, NOW)
  await warehouse.query('drop table if exists usage_daily')
  await warehouse.query('create table usage_daily (account_id text, day date, users numeric)')
})

afterEach(() => connection.close())

async function add(...rows: [account: string, day: string, users: number | null][]) {
  for (const row of rows) await warehouse.query('insert into usage_daily values ($1, $2, $3)', row)
}

const pull = async (query = USAGE) => {
  const opened = await openWarehouse(server?.url ?? '')
  try {
    return await pullQuery(connection, opened, query, NOW)
  } finally {
    await opened.close()
  }
}

const stored = async () => {
  const all = await Promise.all([1, 2].map(key => connection.engine.signals.read(connection.db, key, NOW)))
  return all.flat().map(({ observedAt, value }) => `${new Date(observedAt).toISOString().slice(0, 10)} ${value}`)
}

it('fetches what is new since the last time, a day staying the day that it is', async () => {
  await add(['acme', '2026-11-18', 10], ['acme', '2026-11-19', 12.5])
  expect(await pull()).toMatchObject({ read: 2, added: 2 })
  expect(await pull()).toMatchObject({ read: 0 })

  await add(['acme', '2026-11-20', 14], ['globex', '2026-11-20', 3])

  expect(await pull()).toMatchObject({ read: 2, added: 2 })
  expect(await stored()).toEqual(['2026-11-18 10', '2026-11-19 12.5', '2026-11-20 14', '2026-11-20 3'])
})

it('rejects rows that it cannot use, with the reason, and goes on', async () => {
  await add(['acme', '2026-11-18', 10], ['nobody', '2026-11-18', 1], ['acme', '2026-11-19', null])

  expect(await pull()).toMatchObject({ read: 3, added: 1, rejected: 2, reason: expect.stringContaining('nobody') })
})

it('a kill between two batches loses nothing and doubles nothing', async () => {
  await warehouse.query(
    `insert into usage_daily select 'acme', date '2026-01-01' + n / 100, n from generate_series(0, 11999) n`,
  )
  const opened = await openWarehouse(server?.url ?? '')
  const cutShort = {
    ...opened,
    async *rows(query: string, cursor: number) {
      let batches = 0
      for await (const rows of opened.rows(query, cursor)) {
        if (batches === 2) throw new Error('killed')
        batches += 1
        yield rows
      }
    },
  }
  await expect(pullQuery(connection, cutShort, USAGE, NOW)).rejects.toThrow('killed')
  await opened.close()
  const before = (await stored()).length

  const resumed = await pull()

  expect(before).toBe(10_000)
  expect(resumed.read).toBeLessThan(3_000)
  expect((await stored()).length).toBe(12_000)
  expect(await pull()).toMatchObject({ read: 0 })
})

it('one query that fails holds up no other; it is tried again soon, the others when they are due', async () => {
  await add(['acme', '2026-11-18', 10])
  const sources = sourcesSchema.parse({
    postgres: [
      {
        url_env: 'WAREHOUSE_URL',
        every: '1d',
        signals: [{ metric: 'broken', query: 'select nothing from nowhere' }, USAGE],
      },
    ],
  })
  let now = NOW
  const world = { connection, environment: { WAREHOUSE_URL: server?.url ?? '' }, clock: () => now }

  const first = await pullPostgres(world, sources.postgres, 'due')
  now += DAY / 2
  const second = await pullPostgres(world, sources.postgres, 'due')
  now += DAY / 2
  const third = await pullPostgres(world, sources.postgres, 'due')

  expect(first.pulled).toMatchObject([{ metric: 'active_users', added: 1 }])
  expect(first.faults).toEqual([expect.stringContaining('broken: The warehouse refuses the query')])
  expect([second.pulled.length, second.faults.length]).toEqual([0, 1])
  expect([third.pulled.length, third.faults.length]).toEqual([1, 1])
  expect(await failedPulls(connection.db)).toMatchObject([{ source: 'postgres', name: 'broken' }])
})

it('writes nothing into a warehouse', async () => {
  await add(['acme', '2026-11-18', 10])
  const query =
    'with gone as (delete from usage_daily returning *) select account_id, users as value, day as observed_at from gone'

  await expect(pull({ metric: 'active_users', query })).rejects.toThrow('The warehouse refuses the query')

  expect((await warehouse.query('select * from usage_daily')).rows).toHaveLength(1)
})

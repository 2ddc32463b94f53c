import type { AddressInfo } from 'node:net'
import { connect, createServer } from 'node:net'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { storageTrouble } from '../../../src/ingest/storage-trouble.ts'
import type { Connection } from '../../../src/store/engine/engine.ts'
import { openDatabase } from '../../../src/store/engine/engines.ts'
import { inSnapshot, inTransaction } from '../../../src/store/engine/transaction.ts'
import type { Db } from '../../../src/store/tables.ts'
import { createPostgres, onServer } from '../../support/test-database.ts'

/** What reads on one connection, and one that writes meanwhile. */
let url: string
let reader: Connection
let writer: Connection
let remove: () => Promise<void>

beforeEach(async () => {
  const database = await createPostgres()
  ;({ url, remove } = database)
  reader = openDatabase(url, { connections: 1 })
  writer = openDatabase(url)
})
afterEach(async () => {
  await reader.close()
  await writer.close()
  await remove()
})

const metrics = async (db: Db) => (await db.selectFrom('metrics').select('name').execute()).map(({ name }) => name)
const add = (db: Db, name: string) => db.insertInto('metrics').values({ name }).execute()
const wrong = (db: Db) => sql`select 1 / 0`.execute(db)

/** The way to the server, which counts how often somebody asked after an answer. */
async function countingWay() {
  const { hostname, port } = new URL(url)
  let turns = 0
  let isAnswered = true
  const way = createServer(client => {
    const server = connect(Number(port), hostname)
    client.on('data', bytes => {
      if (isAnswered) turns += 1
      isAnswered = false
      server.write(bytes)
    })
    server.on('data', bytes => {
      isAnswered = true
      client.write(bytes)
    })
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      from.on('error', () => to.destroy()).on('close', () => to.destroy())
    }
  })
  await new Promise<void>(resolve => way.listen(0, '127.0.0.1', resolve))
  const through = new URL(url)
  through.host = `127.0.0.1:${(way.address() as AddressInfo).port}`
  return { url: through.href, turns: () => turns, end: () => way.close() }
}

describe('a snapshot', () => {
  it('brings what is asked without waiting to the server in one go', async () => {
    const way = await countingWay()
    const connection = openDatabase(way.url, { connections: 1 })
    await metrics(connection.db)
    const before = way.turns()

    await inSnapshot(connection.db, db => Promise.all(Array.from({ length: 20 }, () => metrics(db))))

    // its beginning and the twenty; its end nobody waits for
    expect(way.turns() - before).toBe(1)
    await connection.close()
    way.end()
  })

  it('answers each question with its own answer, all as of one moment', async () => {
    await add(writer.db, 'logins')

    const [names, numbers, later] = await inSnapshot(reader.db, async db => {
      const first = await metrics(db)
      await add(writer.db, 'seats')
      const numbers = await Promise.all([3, 1, 2].map(n => sql<{ n: number }>`select ${n}::int4 as n`.execute(db)))
      return [first, numbers.flatMap(({ rows }) => rows.map(({ n }) => n)), await metrics(db)]
    })

    expect([names, numbers, later]).toEqual([['logins'], [3, 1, 2], ['logins']])
    expect(await metrics(reader.db)).toEqual(['logins', 'seats'])
  })

  it('takes a snapshot or a transaction within as a part of itself', async () => {
    const seen = await inSnapshot(reader.db, async db => {
      const first = await metrics(db)
      await inSnapshot(db, metrics)
      await inTransaction(db, metrics)
      await add(writer.db, 'seats')
      return [first, await metrics(db)]
    })

    expect(seen).toEqual([[], []])
  })

  it('lets nobody write', async () => {
    await expect(inSnapshot(reader.db, db => add(db, 'logins'))).rejects.toThrow('read-only')
    expect(await metrics(reader.db)).toEqual([])
  })

  it('fails with the first question that fails, and what was to be asked after that disturbs nobody', async () => {
    let ask = () => {}
    const isOver = new Promise<void>(resolve => {
      ask = resolve
    })
    let late: Promise<unknown> = Promise.resolve()
    const failed = inSnapshot(reader.db, db => {
      late = isOver.then(() => wrong(db)).catch(String)
      return Promise.all([metrics(db), wrong(db), metrics(db)])
    })
    await expect(failed).rejects.toThrow('division by zero')

    await inTransaction(reader.db, async db => {
      await add(db, 'logins')
      ask()
      expect(await late).toContain('the transaction is over')
      await add(db, 'seats')
    })

    expect(await metrics(reader.db)).toEqual(['logins', 'seats'])
  })

  it('whose connection is lost with questions under way says so for all of them, and succeeds the next time', async () => {
    let said: readonly unknown[] = []
    const read = (isCut: boolean) =>
      inSnapshot(reader.db, async db => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
        const asked = [sql`select pg_sleep(${isCut ? 60 : 0})`.execute(db), metrics(db), metrics(db)]
        const answering = Promise.allSettled(asked)
        if (isCut) await onServer(url, `select pg_terminate_backend(${rows[0]?.pid})`)
        said = (await answering).map(it =>
          it.status === 'rejected' ? storageTrouble(it.reason)?.sentence : 'answered',
        )
      })

    await read(true)
    expect(said).toEqual(Array(3).fill('The database cannot be reached.'))

    await read(false)
    expect(said).toEqual(Array(3).fill('answered'))
  })
})

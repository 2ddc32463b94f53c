import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { storageTrouble } from '../../../src/ingest/storage-trouble.ts'
import type { Connection } from '../../../src/store/engine/engine.ts'
import { openDatabase } from '../../../src/store/engine/engines.ts'
import { openConnections } from '../../../src/store/engine/postgres/connections/connections.ts'
import { inTransaction } from '../../../src/store/engine/transaction.ts'
import { openWeakLine, type WeakLine } from '../../service/weak-line.ts'
import { soon } from '../../support/soon.ts'
import { createPostgres } from '../../support/test-database.ts'

/** A line that swallows what is sent on it, and tells nobody: without an end of its own, each of these would wait forever. */
let line: WeakLine
let connection: Connection
let remove: () => Promise<void>

beforeEach(async () => {
  const database = await createPostgres()
  remove = database.remove
  line = await openWeakLine(database.url)
  connection = openDatabase(line.url, { connections: 3 })
})
afterEach(async () => {
  await connection.close()
  await line.close()
  await remove()
})

const saidOf = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    error => storageTrouble(error)?.sentence ?? `a bug: ${error}`,
  )
const ask = (of: Connection = connection) => sql`select 1`.execute(of.db)
const sleep = (seconds: number) => sql`select pg_sleep(${seconds}::float8)`.execute(connection.db)
const AWAY = 'The database cannot be reached.'

describe('a line that falls silent', () => {
  it('is said to be out of reach, to whoever waits and to whoever asks then, until it is mended', async () => {
    await ask()
    line.fallSilent()

    expect(await saidOf(ask())).toBe(AWAY)
    expect(await Promise.all([ask(), ask(), ask(), ask()].map(saidOf))).toEqual([AWAY, AWAY, AWAY, AWAY])
    line.mend()

    await soon(async () => expect(await saidOf(ask())).toBe('nothing'))
  })

  it('in the middle of a transaction, keeps its rows from nobody for long', async () => {
    const write = (cut: () => void) =>
      inTransaction(connection.db, async db => {
        await db.insertInto('metrics').values({ name: 'logins' }).execute()
        cut()
        await db.insertInto('metrics').values({ name: 'seats' }).execute()
      })

    expect(await saidOf(write(() => line.fallSilent()))).toBe(AWAY)
    line.mend()

    await soon(async () => expect(await saidOf(write(() => {}))).toBe('nothing'))
  })

  it('keeps nobody from closing', async () => {
    const other = openDatabase(line.url, { connections: 3 })
    await Promise.all([ask(other), ask(other), ask(other)])
    line.fallSilent()

    await other.close()
    line.mend()
  })
})

it('connections that were forgotten on the way are found out by the first one, and none of the others is asked again', async () => {
  await Promise.all([sleep(0.2), sleep(0.2), sleep(0.2)])
  line.forget()

  expect(await saidOf(ask())).toBe(AWAY)
  expect(await Promise.all([ask(), ask(), ask()].map(saidOf))).toEqual(['nothing', 'nothing', 'nothing'])
})

it('a replica on such a line keeps no lookup waiting: the primary is read', async () => {
  const { url, remove } = await createPostgres()
  const far = await openWeakLine(url)
  const both = openDatabase(url, { readUrl: far.url })
  const readOn = () => both.reading(async ({ db }) => (db === both.db ? 'the primary' : 'the replica'))
  expect(await readOn()).toBe('the replica')
  far.fallSilent()

  expect(await readOn()).toBe('the primary')
  expect(await both.engine.degraded()).toEqual([expect.stringContaining('did not answer in time')])

  await both.close()
  await far.close()
  await remove()
})

it('an answer that is lost while others come is missed', async () => {
  const lost = sleep(1)
  await sleep(0.2)
  line.forget()

  expect(await Promise.all([saidOf(lost), saidOf(ask())])).toContain(AWAY)
})

it('a statement on which the server is at work may take as long as it takes', async () => {
  const connections = openConnections(line.url, 1, { quiet: 50 })
  const client = await connections.take()

  const { rows } = await connections.ask(client, {
    ...{ sql: "select 'done' as what from pg_sleep(2)", parameters: [], mayHaveName: false, isWithin: false },
  })
  client.release()
  await connections.end()

  expect(rows).toEqual([{ what: 'done' }])
})

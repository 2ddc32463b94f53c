import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { openDoor } from '../../../src/chat/door/door.ts'
import type { ChatAdapter } from '../../../src/chat/port.ts'
import type { Runtime } from '../../../src/context.ts'
import { storageTrouble } from '../../../src/ingest/storage-trouble.ts'
import { silentLog } from '../../../src/log.ts'
import { loadSettings } from '../../../src/model/settings.ts'
import { saveAccounts } from '../../../src/store/accounts/accounts.ts'
import type { Connection } from '../../../src/store/engine/engine.ts'
import { openDatabase } from '../../../src/store/engine/engines.ts'
import { migrate } from '../../../src/store/engine/schema/migrate.ts'
import { inTransaction } from '../../../src/store/engine/transaction.ts'
import { savePeople } from '../../../src/store/people/people.ts'
import { studyOn } from '../../../src/work/outcomes/study.ts'
import { startReplica } from '../../support/postgres-replica.ts'
import { startServer } from '../../support/postgres-server.ts'
import { onServer } from '../../support/test-database.ts'

const DANA = 'dana@ours.example'
const PAGER: Partial<ChatAdapter> = {
  platform: 'pager',
  capabilities: { privateReplies: true, dialogs: false, typeahead: false, charts: false, messageSize: 10_000 },
  split: card => [card],
  profile: async () => ({ email: DANA, name: 'Dana', standing: 'member' }),
  outsiders: async () => [],
}

/** A primary with a replica that follows it. */
let primary: Awaited<ReturnType<typeof startServer>>
let replica: Awaited<ReturnType<typeof startReplica>>
let connection: Connection

beforeAll(async () => {
  // Each server takes its folder away when it stops.
  const [first, second] = ['primary', 'replica'].map(name => join(tmpdir(), `rounds-${name}-${randomUUID()}`)) as [
    string,
    string,
  ]
  primary = await startServer(first)
  replica = await startReplica(primary.url, first, second)
  connection = openDatabase(primary.url, { readUrl: replica.url })
  await migrate(connection)
})
afterAll(async () => {
  await connection.close()
  await replica.stop()
  await primary.stop()
})

const isReplica = async ({ db }: Connection) =>
  (await sql<{ is: boolean }>`select pg_is_in_recovery() as is`.execute(db)).rows[0]?.is
const servedBy = async () => ((await connection.reading(isReplica)) === true ? 'the replica' : 'the primary')
const follows = () =>
  vi.waitFor(async () => expect(await servedBy()).toBe('the replica'), { timeout: 60_000, interval: 100 })
const account = (id: string) => ({ id, name: id, folded_name: id })
const add = (id: string) => connection.db.insertInto('accounts').values(account(id)).execute()
const names = ({ db }: Connection) => db.selectFrom('accounts').select('id').orderBy('id').execute()

it('the replica answers what only reads, with all that was written before', async () => {
  await follows()
  expect(await connection.engine.degraded()).toEqual([])

  for (let n = 1; n <= 20; n += 1) {
    await add(`written-${n}`)
    expect(await connection.reading(names)).toHaveLength(n)
  }
  expect(await connection.reading(({ db }) => db.selectFrom('claims').selectAll().execute())).toEqual([])
}, 120_000)

it('a replica that people are led to says that it takes no writes, whatever is asked of it', async () => {
  await follows()
  const led = openDatabase(replica.url)
  const writes = [
    () => inTransaction(led.db, db => db.selectFrom('accounts').selectAll().execute()),
    () => led.db.insertInto('accounts').values(account('led')).execute(),
    () => led.engine.probeWriting(led.db, 0),
  ]

  for (const write of writes) {
    const sentence = await write().catch(error => storageTrouble(error)?.sentence ?? error)
    expect(sentence).toBe('The database cannot be written.')
  }
  await led.close()
}, 120_000)

it('what turns out to write is done on the primary, once', async () => {
  await follows()

  const said = await connection.reading(async ({ db }) => {
    await db.insertInto('accounts').values(account('late')).execute()
    return 'done'
  })

  expect(said).toBe('done')
  expect((await names(connection)).filter(({ id }) => id === 'late')).toHaveLength(1)
}, 120_000)

it('one that is far behind is not read, and that is said', async () => {
  await follows()
  await onServer(replica.url, 'select pg_wal_replay_pause()')
  await add('unheard')

  expect(await connection.reading(names)).toContainEqual({ id: 'unheard' })
  expect(await servedBy()).toBe('the primary')
  expect(await connection.engine.degraded()).toEqual([
    expect.stringMatching(
      /^The replica in DATABASE_READ_URL \(postgres:\/\/127\.0\.0\.1:\d+\/postgres\) is (\d+ s )?behind: lookups read the primary meanwhile\.$/,
    ),
  ])

  await onServer(replica.url, 'select pg_wal_replay_resume()')
  await follows()
  expect(await connection.engine.degraded()).toEqual([])
}, 120_000)

it('the card of an account, lists and what they rest on are all read there', async () => {
  await saveAccounts(connection.db, [{ id: 'acme', name: 'Acme', attributes: new Map([['owner', DANA]]) }], 0)
  await savePeople(connection.db, [{ email: DANA, fields: new Map([['role', 'csm']]) }])
  await follows()
  const there = openDatabase(replica.url)
  const failures: unknown[] = []
  const runtime: Runtime = {
    connection: {
      ...connection,
      async reading(work) {
        await follows()
        return work({ ...connection, db: there.db })
      },
    },
    ...{ instance: 'test', clock: Date.now, newId: randomUUID, platforms: [], wakeSender: () => {} },
    log: { ...silentLog, error: failure => void failures.push(failure) },
    readSettings: async () => loadSettings(undefined),
    chats: new Map([['pager', PAGER as ChatAdapter]]),
    plan: () => Promise.reject(new Error('nobody plans here')),
    study: studyOn(connection),
  }
  const door = openDoor(runtime)

  // At their first word somebody is linked to the person they are, which is written.
  for (const text of [
    'preferences',
    'acme',
    'acme since 30d',
    'list',
    '',
    'explain acme',
    'what-if acme',
    'compare acme --presets',
  ]) {
    const actor = { platform: 'pager', userId: 'dana' }
    await door.ask({ actor, text, channel: 'room', isPrivate: true, canOpenForm: false, deliveryId: randomUUID() })
  }

  await door.settle()
  await there.close()
  expect(failures).toEqual([])
}, 120_000)

it('one given as the primary is refused in a sentence', async () => {
  const mistaken = openDatabase(replica.url)

  await expect(migrate(mistaken)).rejects.toThrow(/is a replica, which accepts no writes/)

  await mistaken.close()
})

it('another database is no replica of this one', async () => {
  const strange = openDatabase(primary.url, { readUrl: new URL('template1', replica.url).href })

  expect(await strange.reading(isReplica)).toBe(false)
  expect(await strange.engine.degraded()).toEqual([expect.stringContaining('is not a copy of the database')])

  await strange.close()
})

it('one that is gone is done without, and named', async () => {
  await follows()
  await replica.stop()

  expect(await connection.reading(names)).toContainEqual({ id: 'written-1' })
  expect(await servedBy()).toBe('the primary')
  const [trouble] = await connection.engine.degraded()
  expect(trouble).toMatch(/cannot be read \(.+\): lookups read the primary meanwhile\.$/)
  expect(trouble).not.toContain('rounds:rounds')
}, 120_000)

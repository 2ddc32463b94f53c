import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import type { Connection } from '../../src/store/engine/engine.ts'
import { openDatabase, WRITE_POLICIES } from '../../src/store/engine/engines.ts'
import { migrate } from '../../src/store/engine/schema/migrate.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { inTransaction } from '../../src/store/engine/transaction.ts'
import type { Db } from '../../src/store/tables.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const write = (db: Db) => db.insertInto('meta').values({ name: 'mine', value: '1' }).execute()

/** Every way to write, each until it is on the disk. */
const WAYS: Readonly<Record<string, (connection: Connection) => Promise<unknown>>> = {
  'a light write': async ({ db, engine }) => (await engine.writeLightly(db, write)).onDisk(),
  'a statement': ({ db }) => write(db),
  'a transaction': ({ db }) => inTransaction(db, write),
}

it.each(Object.entries(WAYS))(
  '%s waits for another writer without holding up the loop, or who reads',
  async (_, way) => {
    const { connection, other } = await openTwice()
    other.exec('begin immediate')
    let isWritten = false

    const written = way(connection).finally(() => {
      isWritten = true
    })
    await sleep(20)
    const names = await connection.db.selectFrom('meta').select('name').where('name', '=', 'mine').execute()
    expect([names, isWritten]).toEqual([[], false])
    other.exec('commit')
    await written

    expect(other.prepare("select value from meta where name = 'mine'").pluck().get()).toBe('1')
    expect(bareOf(connection).pragma('synchronous', { simple: true })).toBe(2)
  },
)

it('gives up when the other one writes for longer than anybody waits', async () => {
  const { connection, other } = await openTwice({ timeout: 30 })
  other.exec('begin immediate')

  for (const way of Object.values(WAYS)) await expect(way(connection)).rejects.toThrow('database is locked')
  other.exec('commit')
  for (const way of Object.values(WAYS)) {
    await way(connection)
    await connection.db.deleteFrom('meta').where('name', '=', 'mine').execute()
  }
})

it.each(Object.entries(WAYS))(
  'of a service, %s is done before what the threads of its process write',
  async (_, way) => {
    const { connection: service, other, url } = await openTwice(WRITE_POLICIES.service)
    const thread = openDatabase(url)
    onTestFinished(thread.close)
    other.exec('begin immediate')

    const written = way(service)
    await sleep(5)
    const takenBack = inTransaction(thread.db, db => db.deleteFrom('meta').where('name', '=', 'mine').execute())
    await sleep(9)
    other.exec('commit')
    await Promise.all([written, takenBack])

    expect(other.prepare("select value from meta where name = 'mine'").all()).toEqual([])
  },
)

it('threads are not kept waiting by a service that waits for another process', async () => {
  const { connection: service, other, url } = await openTwice(WRITE_POLICIES.service)
  const thread = openDatabase(url, { timeout: 40 })
  onTestFinished(thread.close)
  other.exec('begin immediate')
  const written = write(service.db)

  await sleep(5)
  await expect(write(thread.db)).rejects.toThrow('database is locked')
  other.exec('commit')
  await written
})

async function openTwice(options = {}) {
  const folder = mkdtempSync(join(temporaryFolder(), 'rounds-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'rounds.db')
  const url = `sqlite:${file}`
  const connection = openDatabase(url, options)
  onTestFinished(connection.close)
  await migrate(connection)
  const other = new Sqlite(file)
  onTestFinished(() => void other.close())
  return { connection, other, url }
}

import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openDoor } from '../../../src/chat/door/door.ts'
import type { ChatAdapter } from '../../../src/chat/port.ts'
import { silentLog } from '../../../src/log.ts'
import { loadSettings } from '../../../src/model/settings.ts'
import { saveAccounts } from '../../../src/store/accounts/accounts.ts'
import type { Connection } from '../../../src/store/engine/engine.ts'
import { openDatabase } from '../../../src/store/engine/engines.ts'
import { savePeople } from '../../../src/store/people/people.ts'
import { addSignals } from '../../../src/store/sources/signals.ts'
import type { Db } from '../../../src/store/tables.ts'
import { settingsWithDigests } from '../../../src/work/digests/known-digests.ts'
import { studyOn } from '../../../src/work/outcomes/study.ts'
import { scoreAccounts } from '../../../src/work/scoring/score.ts'
import { createPostgres } from '../../support/test-database.ts'

/** How often somebody who asks waits for the server: what is asked at the same time is waited for once. */
let connection: Connection
let remove: () => Promise<void>

const CONNECTIONS = 4
const DANA = 'dana@ours.example'
const settings = loadSettings(undefined)
const now = Date.UTC(2026, 10, 2, 9)

beforeEach(async () => {
  const database = await createPostgres()
  remove = database.remove
  connection = openDatabase(database.url, { connections: CONNECTIONS })
  await saveAccounts(connection.db, [{ id: 'acme', name: 'Acme', attributes: new Map([['owner', DANA]]) }], 0)
  await addSignals(connection, [
    { account: 1, metric: 'seats', observedAt: now - 1, value: 1, receivedAt: now - 1, id: '' },
  ])
  const { model, routes } = settings
  await scoreAccounts(connection, { model, routes, at: now, newId: randomUUID, accounts: 'all', purpose: 'slot' })
})
afterEach(async () => {
  vi.restoreAllMocks()
  await connection.close()
  await remove()
})

const savePerson = () => savePeople(connection.db, [{ email: DANA, fields: new Map([['name', 'Dana']]) }])
const saveNobody = async () => {}

it.each([
  ['nobody known', saveNobody],
  ['a known person', savePerson],
])('%s who asks for an account waits twice: for what leads to its card, and for the card', async (_, save) => {
  await save()
  const ask = openAsking()
  await ask('acme')
  await openAll()
  const server = countingWaits()

  const reply = await ask('acme')

  expect(JSON.stringify(reply)).toContain('"title":"Acme"')
  expect(server.waits()).toBe(2)
})

/** Has all connections made that there may be: making one is a wait too. */
async function openAll(): Promise<void> {
  const sleep = (db: Db) => sql`select pg_sleep(0.1)`.execute(db)
  const asked = Array.from({ length: CONNECTIONS }, () => sleep(connection.db))
  const aside = [1, 2].map(() => connection.engine.writeLightly(connection.db, sleep))
  await Promise.all([...asked, ...aside])
}

function openAsking() {
  const profile = async () => ({ email: DANA, name: 'Dana', standing: 'member' as const })
  const capabilities = { privateReplies: true, dialogs: true, typeahead: true, charts: true, messageSize: 8_000 }
  const pager = { platform: 'pager', capabilities, profile, outsiders: async () => [] } as unknown as ChatAdapter
  const door = openDoor({
    connection,
    ...{ instance: 'test', clock: () => now, log: silentLog, newId: randomUUID, platforms: [], wakeSender: () => {} },
    readSettings: settingsWithDigests(() => settings),
    chats: new Map([['pager', pager]]),
    plan: () => Promise.reject(new Error('nobody plans here')),
    study: studyOn(connection),
  })
  const actor = { platform: 'pager', userId: 'dana' }
  return (text: string) =>
    door.ask({ actor, text, channel: 'room', isPrivate: true, canOpenForm: false, deliveryId: randomUUID() })
}

/** Holds answers back until all that was asked has one: then nothing but waiting makes another question a later one. */
function countingWaits() {
  const query = pg.Client.prototype.query as (...asked: unknown[]) => Promise<unknown>
  let waits = 0
  let underWay = 0
  let held: (() => void)[] = []

  function arrived(release: () => void): void {
    held.push(release)
    setImmediate(() => setImmediate(releaseAll))
  }
  function releaseAll(): void {
    if (held.length < underWay) return
    const released = held
    ;[held, underWay] = [[], 0]
    for (const release of released) release()
  }

  const counted = function (this: pg.Client, ...asked: unknown[]) {
    const answer = query.apply(this, asked)
    // Nobody waits for the end of what was only read.
    if (Object(asked[0]).text === 'commit' && underWay === 0) return answer
    if (underWay === 0) waits += 1
    underWay += 1
    return new Promise((resolve, reject) => {
      answer.then(
        answered => arrived(() => resolve(answered)),
        error => arrived(() => reject(error)),
      )
    })
  }
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(counted as never)
  return { waits: () => waits }
}

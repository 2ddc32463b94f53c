import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Connection } from '../../src/store/engine/engine.ts'
import { createToken } from '../../src/store/people/tokens.ts'
import { type Channel, type FakeSlack, startFakeSlack, type User } from '../support/fake-slack/index.ts'
import { createPostgres, onServer } from '../support/test-database.ts'
import { createPlace, type Place, type RoundsService } from './rounds-process.ts'
import { openWeakLine, type WeakLine } from './weak-line.ts'

/** The built service while PostgreSQL cannot be reached, or takes no writes: what people, programs and supervisors are told. */
let place: Place
let slack: FakeSlack
let room: Channel
let dana: User
let connection: Connection
let line: WeakLine
let service: RoundsService
let token: string
let remove: () => Promise<void>

beforeEach(async () => {
  const database = await createPostgres()
  remove = database.remove
  slack = await startFakeSlack()
  room = slack.addChannel('cs')
  dana = slack.addUser('Dana')
  place = createPlace({}, database.url)
  line = await openWeakLine(database.url)
  Object.assign(place.env, slack.env('http'), { DATABASE_URL: line.url })
  connection = place.open()
  const made = { name: 'test', scopes: ['accounts:write'] as const, now: 0, randomBytes }
  token = (await createToken(connection.db, made)).token
  service = await place.serve()
  slack.botAt(service.url)
}, 120_000)
afterEach(async () => {
  await connection.close()
  await place.close()
  await line.close()
  await slack.stop()
  await remove()
})

const soon = <T>(look: () => T | Promise<T>) => vi.waitFor(look, { timeout: 60_000, interval: 200 })

async function ready() {
  const response = await fetch(`${service.url}/readyz`)
  return { status: response.status, ...(Object(await response.json()) as { problems?: string[] }) }
}
async function send() {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
  const body = JSON.stringify([{ id: 'acme', name: 'Acme' }])
  const response = await fetch(`${service.url}/v1/accounts`, { method: 'POST', headers, body })
  return { status: response.status, ...(Object(await response.json()) as { error?: string }) }
}
const answers = () => slack.ephemerals(dana).map(({ shown }) => shown)

it('a line that swallows everything: all are told, and all goes on once it is mended', async () => {
  line.fallSilent()

  const all = [ready(), send(), slack.command(dana, '/health list', room)] as const
  const [readiness, sent] = await Promise.all(all)
  expect(readiness).toMatchObject({ status: 503, problems: ['The database cannot be read.'] })
  expect(sent).toMatchObject({ status: 503, error: 'The database cannot be reached. Nothing is acknowledged.' })
  await soon(() => expect(answers().join()).toContain('The database cannot be reached. Nothing was changed.'))
  line.mend()

  await soon(async () => expect(await ready()).toMatchObject({ status: 200, problems: [] }))
  await soon(async () => expect(await send()).toMatchObject({ status: 200 }))
  await slack.command(dana, '/health list', room)
  await soon(() => expect(answers().at(-1)).not.toContain('cannot be reached'))
}, 240_000)

it.runIf(process.env.ROUNDS_LONG)(
  'a service that is told to stop then stops',
  async () => {
    line.fallSilent()

    expect(await service.terminate()).toBe(0)
  },
  120_000,
)

it('a server that takes no writes: all are told, and all goes on once it does', async () => {
  const name = new URL(place.databaseUrl).pathname.slice(1)
  const server = new URL('postgres', place.databaseUrl).href
  await onServer(server, `alter database ${name} set default_transaction_read_only = on`)
  line.break()
  line.mend()

  await soon(async () =>
    expect(await ready()).toMatchObject({
      status: 503,
      problems: [expect.stringContaining('The database cannot be written.')],
    }),
  )
  expect(await send()).toMatchObject({ status: 503, error: 'The database cannot be written. Nothing is acknowledged.' })
  await slack.command(dana, '/health list', room)
  await soon(() => expect(answers().join()).toContain('The database cannot be written. Nothing was changed.'))
  await onServer(server, `alter database ${name} reset default_transaction_read_only`)

  await soon(async () => expect(await ready()).toMatchObject({ status: 200 }))
  await soon(async () => expect(await send()).toMatchObject({ status: 200 }))
}, 240_000)

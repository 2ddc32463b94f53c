import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openAlerts } from '../../src/store/alerts/alerts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { migrate } from '../../src/store/engine/schema/migrate.ts'
import { createToken } from '../../src/store/people/tokens.ts'
import { type Channel, type FakeSlack, type Message, startFakeSlack, type User } from '../support/fake-slack/index.ts'
import { SMALL_MODEL } from '../support/small-model.ts'
import { createPostgres } from '../support/test-database.ts'
import { createPlace, type Place, type RoundsService } from './rounds-process.ts'

/** The built service on a PostgreSQL server: what is sent, asked and pressed, and what the next start still knows. */
let place: Place
let slack: FakeSlack
let room: Channel
let dana: User
let connection: Connection
let remove: () => Promise<void>

beforeEach(async () => {
  const database = await createPostgres()
  remove = database.remove
  slack = await startFakeSlack()
  room = slack.addChannel('cs')
  dana = slack.addUser('Dana')
  const routes = `routes: [{to: ["slack:${room.id}"]}]`
  place = createPlace({ 'model.yaml': SMALL_MODEL, 'routes.yaml': routes }, database.url)
  Object.assign(place.env, slack.env('http'))
  connection = place.open()
  await migrate(connection)
})

afterEach(async () => {
  await connection.close()
  await place.close()
  await slack.stop()
  await remove()
})

const soon = <T>(look: () => T | Promise<T>) => vi.waitFor(look, { timeout: 30_000, interval: 100 })

async function serve(): Promise<RoundsService> {
  const service = await place.serve()
  slack.botAt(service.url)
  return service
}

async function post(service: RoundsService, path: string, rows: readonly object[]): Promise<number> {
  const scopes = ['signals:write', 'accounts:write', 'people:write'] as const
  const { token } = await createToken(connection.db, { name: 'test', scopes, now: 0, randomBytes })
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
  const answer = await fetch(`${service.url}${path}`, { method: 'POST', headers, body: JSON.stringify(rows) })
  return answer.status
}

const DAY = 86_400_000
const daysAgo = (days: number) => new Date(Date.now() - days * DAY).toISOString()

const signals = () =>
  Object.entries({ seats: 40, active_users: 2, nps: 0, csm_pulse: 1 }).map(([metric, value]) => ({
    ...{ account_id: 'acme', metric, value, observed_at: daysAgo(1) },
  }))

it('takes data, answers, posts an alert, records who claimed it, and knows all of that after a restart', async () => {
  const service = await serve()
  expect(await post(service, '/v1/people', [{ email: dana.email, name: 'Dana', role: 'csm' }])).toBe(200)
  expect(await post(service, '/v1/accounts', [{ id: 'acme', name: 'Acme', arr: 1000 }])).toBe(200)
  expect(await post(service, '/v1/signals', signals())).toBe(200)
  await soon(async () => expect(await shown()).toBeLessThan(30))

  await slack.command(dana, '/health acme', room)
  await soon(() => expect(JSON.stringify(slack.ephemerals(dana))).toContain('Acme'))

  const at = Date.now() - 60_000
  await openAlerts(connection.db, [{ id: 'alert-1', account: 1, kind: 'at_risk', at, reason: 'Logins fell' }])
  await slack.press(dana, await posted(), 'Claim')
  await soon(async () => expect(await alert()).toEqual({ state: 'claimed', claimed_by: dana.email }))
  expect(await service.terminate()).toBe(0)

  const next = await serve()
  const { exit, stdout } = await place.rounds('audit', 'verify')
  expect({ exit, stdout }).toMatchObject({ exit: 0, stdout: expect.stringContaining('is intact') })
  expect(await alert()).toEqual({ state: 'claimed', claimed_by: dana.email })
  expect((await fetch(`${next.url}/readyz`)).status).toBe(200)
}, 120_000)

it('lets a second one in, and both answer', async () => {
  const services = [await serve(), await place.serve()]

  const answers = await Promise.all(services.map(({ url }) => fetch(`${url}/readyz`)))

  expect(answers.map(({ status }) => status)).toEqual([200, 200])
}, 120_000)

const shown = async () => {
  const { json } = await place.rounds('list', '--json')
  return (json as { shown: number | null }[])[0]?.shown ?? 100
}

const alert = () => connection.db.selectFrom('alerts').select(['state', 'claimed_by']).executeTakeFirst()

const posted = (): Promise<Message> =>
  soon(() => {
    const [message] = slack.messages(room)
    if (message === undefined) throw new Error('nothing is posted yet')
    return message
  })

import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { addMessage } from '../../src/store/delivery/outbox.ts'
import { readDatabaseNow } from '../../src/store/engine/database-now.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { migrate } from '../../src/store/engine/schema/migrate.ts'
import { saveSlotsSeen } from '../../src/store/schedule/schedules.ts'
import { noticeCard } from '../../src/views/parts/answer-cards.ts'
import { type Channel, type FakeSlack, startFakeSlack } from '../support/fake-slack/index.ts'
import { named } from '../support/named-message.ts'
import { soon } from '../support/soon.ts'
import { onServer } from '../support/test-database.ts'
import type { Place, RoundsService } from './rounds-process.ts'
import { openServerPlace } from './server-place.ts'

/** Two built services on one PostgreSQL database, of which one is killed or frozen. */
let place: Place
let slack: FakeSlack
let rooms: Channel[]
let connection: Connection
let close: () => Promise<void>

beforeEach(async () => {
  slack = await startFakeSlack()
  rooms = ['one', 'two', 'three'].map(name => slack.addChannel(name))
  ;({ place, connection, close } = await openServerPlace())
  Object.assign(place.env, slack.env('http'))
  await migrate(connection)
})

afterEach(async () => {
  await close()
  await slack.stop()
})

const said = (room: Channel) => slack.messages(room).map(({ shown }) => /message (\d+)/.exec(shown)?.[1])
const repeats = () =>
  rooms.flatMap(room => slack.messages(room)).filter(({ shown }) => shown.includes('appear here twice'))

async function put(count: number) {
  for (let n = 1; n <= count; n += 1) {
    for (const { id } of rooms) {
      const card = noticeCard(`message ${n}`, `This is message ${n}.`)
      const to = { platform: 'slack', channel: id }
      await addMessage(connection.db, { ...named(`${id} ${n}`), to, card, alerts: [], at: Date.now() })
    }
  }
}
async function allSent() {
  const left = connection.db.selectFrom('outbox').select('id').where('state', '!=', 'sent')
  expect(await left.execute()).toEqual([])
}
const numbers = (count: number) => Array.from({ length: count }, (_, n) => `${n + 1}`)
/** Of what somebody wrote twice, the first copy. */
const once = (list: readonly (string | undefined)[]) => list.filter((word, at) => list.indexOf(word) === at)

it('share the channels: each gets its messages in order, none twice, also when one of the two ends', async () => {
  const [one, other] = [await place.serve(), await place.serve()]
  await put(4)
  await soon(() => expect(said(rooms[0] as Channel).length).toBeGreaterThan(1))

  expect(await one.terminate()).toBe(0)
  await soon(allSent)

  for (const room of rooms) expect(said(room)).toEqual(numbers(4))
  expect(await (await fetch(`${other.url}/readyz`)).json()).toMatchObject({
    ready: true,
    instance: expect.stringMatching(/^service:/),
  })
}, 180_000)

it.each([
  ['killed', 'SIGKILL'],
  ['frozen', 'SIGSTOP'],
] as const)(
  'one that is %s while it sends is taken over from, with at most one marked repeat a channel',
  async (_, signal) => {
    const one = await place.serve()
    slack.fail('chat.postMessage', 'hang', rooms.length)
    await put(2)
    const sending = connection.db.selectFrom('outbox').select('id').where('state', '=', 'sending')
    await soon(async () => expect(await sending.execute()).toHaveLength(rooms.length))
    void one.end(signal)
    await place.serve()
    slack.mend()

    await soon(allSent)

    for (const room of rooms) expect(once(said(room))).toEqual(numbers(2))
    expect(repeats()).toHaveLength(rooms.length)
    const doctor = await place.command('doctor')
    expect(doctor.stdout).toContain('went away without a word')
    if (signal === 'SIGSTOP') void one.end('SIGCONT')
  },
  180_000,
)

it('one goes on within seconds with what another one was at that was killed', async () => {
  const claims = connection.db.selectFrom('claims').select(['name', 'holder', 'taken_at'])
  const rounds = claims.where('kind', '=', 'job').where('name', 'like', 'round %').orderBy('name')
  const one = await place.serve()
  await soon(async () => expect((await rounds.execute()).length).toBeGreaterThan(2))
  const [{ holder: first } = { holder: null }] = await rounds.execute()
  await place.serve()
  const killedAt = await readDatabaseNow(connection.db)
  await one.kill()

  await soon(async () => {
    const taken = await rounds.execute()
    for (const { holder } of taken) expect(holder).not.toBe(first)
  })

  const taken = await rounds.execute()
  // The claim's eight seconds, a look each second, and a machine that is busy.
  for (const { taken_at } of taken) expect(taken_at - killedAt).toBeLessThan(20_000)
}, 180_000)

it('run a slot once that both see', async () => {
  const at = Math.floor(Date.now() / 60_000) * 60_000 - 60_000
  const schedule = `${new Date(at).getUTCMinutes()} ${new Date(at).getUTCHours()} * * *`
  place.write('routes.yaml', `scoring: {schedule: "${schedule}"}`)
  await saveSlotsSeen(connection.db, 'scoring', JSON.stringify({ schedule, time_zone: 'UTC' }), at)

  const services = await Promise.all([place.serve(), place.serve()])
  const slots = connection.db.selectFrom('slots').select(['slot', 'state']).where('schedule', '=', 'scoring')
  await soon(async () => expect(await slots.execute()).toEqual([{ slot: at, state: 'done' }]))

  const scorings = services.flatMap(service => service.log().match(/portfolio scored/g) ?? [])
  expect(scorings).toHaveLength(1)
}, 180_000)

it('one that cannot score, for it may not write scores, lets the other one do it', async () => {
  const role = `faulty_${randomUUID().replaceAll('-', '')}`
  for (const statement of [
    `create role ${role} login password 'faulty'`,
    `grant usage, create on schema public to ${role}`,
    `grant all on all tables in schema public to ${role}`,
    `grant all on all sequences in schema public to ${role}`,
  ]) {
    await onServer(place.databaseUrl, statement)
  }
  const address = Object.assign(new URL(place.databaseUrl), { username: role, password: 'faulty' })
  const faulty = await place.serve({ DATABASE_URL: address.href })
  await onServer(place.databaseUrl, `revoke insert, update on scores from ${role}`)
  await soon(async () => expect(await roundsOf(faulty)).toContain('round news'))
  const other = await place.serve()

  expect((await place.rounds('import', 'accounts', place.write('accounts.csv', 'id,name\nacme,Acme\n'))).exit).toBe(0)
  const signals = 'account_id,metric,observed_at,value\nacme,seats,2026-01-01,5\n'
  expect((await place.rounds('import', 'signals', place.write('signals.csv', signals))).exit).toBe(0)

  await soon(async () => expect(await connection.db.selectFrom('scores').select('account').execute()).toHaveLength(1))
  expect(faulty.log()).toContain('permission denied')
  await faulty.kill()
  await other.kill()
  await onServer(place.databaseUrl, `drop owned by ${role}`)
  await onServer(place.databaseUrl, `drop role ${role}`)
}, 180_000)

async function roundsOf({ url }: RoundsService): Promise<string[]> {
  const { instance } = (await (await fetch(`${url}/readyz`)).json()) as { instance: string }
  const held = connection.db
    .selectFrom('claims')
    .select('name')
    .where('kind', '=', 'job')
    .where('holder', '=', instance)
  return (await held.execute()).map(({ name }) => name)
}

import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { migrate } from '../../src/store/engine/schema/migrate.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { createToken } from '../../src/store/people/tokens.ts'
import { saveSlotsSeen } from '../../src/store/schedule/schedules.ts'
import { type Channel, type FakeSlack, startFakeSlack } from '../support/fake-slack/index.ts'
import { createPlace, type Place, type RoundsService } from './rounds-process.ts'

const KILLS = process.env.ROUNDS_LONG ? 120 : 5
const CHANNELS = 6
const BATCH = 5
const written: string[] = []

/** A real process, killed again and again while digests go out and signals come in. */
describe(`a service that is killed ${KILLS} times`, () => {
  let place: Place
  let slack: FakeSlack
  let rooms: Channel[]
  let connection: Connection
  let service: RoundsService | undefined
  const digests: string[] = []
  const acknowledged: string[] = []
  /** How often each message was in flight when the service was killed. */
  const inFlight = new Map<number, { readonly room: string; readonly times: number }>()

  beforeAll(
    async () => {
      place = createPlace()
      slack = await startFakeSlack()
      Object.assign(place.env, slack.env('http'))
      rooms = Array.from({ length: CHANNELS }, (_, at) => slack.addChannel(`room-${at}`))
      connection = place.open()
      await migrate(connection)
      await saveAccounts(connection.db, [{ id: 'acme', name: 'Acme', attributes: new Map() }], 0)
      const { token } = await createToken(connection.db, {
        name: 'test',
        scopes: ['signals:write'],
        now: 0,
        randomBytes,
      })
      const sender = { isDone: false }
      const sending = sendSignals(token, sender)

      for (let round = 0; round < KILLS; round += 1) {
        await makeDigestsDue(round)
        service = await place.serve()
        await atSomeMoment()
        await service.kill()
        service = undefined
        await noteWhatWasInFlight()
      }

      sender.isDone = true
      service = await place.serve()
      await sending
      await vi.waitFor(async () => expect(await outstanding()).toEqual([]), { timeout: 30_000, interval: 200 })
    },
    60_000 + KILLS * 5_000,
  )

  afterAll(async () => {
    await connection.close()
    await place.close()
    await slack.stop()
  })

  it('sends every digest that was due', async () => {
    const runs = await connection.db.selectFrom('digest_runs').select('digest').execute()

    expect(runs.map(({ digest }) => digest).sort()).toEqual([...digests].sort())
    for (const room of rooms) expect(slack.messages(room).length).toBeGreaterThanOrEqual(KILLS)
  })

  it('posts at most one extra copy for each time that a message was in flight', () => {
    for (const room of rooms) {
      const times = [...inFlight.values()].map(message => (message.room === room.id ? message.times : 0))
      expect(slack.messages(room).length).toBeLessThanOrEqual(times.reduce((sum, count) => sum + count, KILLS))
    }
  })

  it('marks every message that may stand there twice, and no other', async () => {
    const sent = await connection.db.selectFrom('outbox').select(['id', 'message']).execute()
    const posts = rooms.flatMap(room => slack.messages(room))
    const marked = posts.filter(({ shown }) => shown.includes('appear here twice'))

    // The last copy of each is the one that the outbox knows; what was killed before it arrived has no other.
    const lastCopies = sent.filter(({ message }) => marked.some(({ ts }) => ts === message))
    expect(lastCopies.map(({ id }) => id).sort()).toEqual([...inFlight.keys()].sort())
    expect(marked.length).toBeGreaterThanOrEqual(posts.length - sent.length)
  })

  it('keeps every signal that was acknowledged', async () => {
    const kept = await connection.db.selectFrom('signals').select('id').execute()

    const ids = new Set(kept.map(({ id }) => id))
    expect(acknowledged.length).toBeGreaterThan(KILLS)
    expect(acknowledged.filter(id => !ids.has(id))).toEqual([])
  })

  it('leaves a database that is whole', () => {
    expect(bareOf(connection).pragma('integrity_check', { simple: true })).toBe('ok')
  })

  /** A digest for each channel, due a minute ago, of which the service learns at its next start. */
  async function makeDigestsDue(round: number) {
    const slot = Math.floor(Date.now() / 60_000) * 60_000 - 60_000
    const schedule = `${new Date(slot).getUTCMinutes()} ${new Date(slot).getUTCHours()} * * *`
    for (const [at, room] of rooms.entries()) {
      const name = `digest-${round}-${at}`
      digests.push(name)
      written.push(`  - {name: ${name}, schedule: "${schedule}", to: "slack:${room.id}"}`)
      await saveSlotsSeen(connection.db, `digest:${name}`, JSON.stringify({ schedule, time_zone: 'UTC' }), slot)
    }
    place.write('digests.yaml', ['digests:', ...written].join('\n'))
  }

  async function atSomeMoment() {
    const before = slack.calls.length
    const calls = Math.floor(Math.random() * 2 * CHANNELS)
    const end = Date.now() + 1_500
    while (slack.calls.length < before + calls && Date.now() < end) await sleep(1)
    await sleep(Math.random() * 20)
  }

  async function noteWhatWasInFlight() {
    const rows = await connection.db
      .selectFrom('outbox')
      .select(['id', 'to_channel'])
      .where('state', '=', 'sending')
      .execute()
    for (const { id, to_channel } of rows) {
      inFlight.set(id, { room: to_channel, times: (inFlight.get(id)?.times ?? 0) + 1 })
    }
  }

  async function outstanding() {
    const unsent = await connection.db.selectFrom('outbox').select('id').where('state', '!=', 'sent').execute()
    const runs = await connection.db.selectFrom('digest_runs').select('digest').execute()
    return [...unsent, ...digests.filter(name => !runs.some(({ digest }) => digest === name))]
  }

  /** Sends batches without a pause, and notes those that were acknowledged. */
  async function sendSignals(token: string, sender: { isDone: boolean }) {
    for (let batch = 0; !sender.isDone; batch += 1) {
      const ids = Array.from({ length: BATCH }, (_, at) => `signal-${batch}-${at}`)
      const rows = ids.map(id => ({
        account_id: 'acme',
        metric: 'active_users',
        value: batch,
        observed_at: '2026-11-01',
        id,
      }))
      const response = await fetch(`${service?.url}/v1/signals`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify(rows),
      }).catch(() => undefined)
      if (response?.status === 200) acknowledged.push(...ids)
      await sleep(response === undefined ? 20 : 2)
    }
  }
})

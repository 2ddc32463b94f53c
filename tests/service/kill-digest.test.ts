import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { DAY } from '../../src/domain/time/instant.ts'
import { digestsSchema } from '../../src/model/digests.ts'
import { loadSettings } from '../../src/model/settings.ts'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { migrate } from '../../src/store/engine/schema/migrate.ts'
import { bareOf } from '../../src/store/engine/sqlite/database.ts'
import { saveSlotsSeen } from '../../src/store/schedule/schedules.ts'
import { addSignals } from '../../src/store/sources/signals.ts'
import { buildDigest, digestJobName, recordAsAnnounced } from '../../src/work/digests/build-digest.ts'
import { scoreAccounts } from '../../src/work/scoring/score.ts'
import { type Channel, type FakeSlack, type Message, startFakeSlack } from '../support/fake-slack/index.ts'
import { SMALL_MODEL } from '../support/small-model.ts'
import { createPlace, type Place, type RoundsService } from './rounds-process.ts'

/** Mornings, each with as many digests at once as there are rooms, and the kills while they go out. */
const MORNINGS = process.env.ROUNDS_LONG ? 10 : 1
const ROOMS = 3
const KILLS = process.env.ROUNDS_LONG ? 5 : 3
const NAMES = Array.from({ length: 200 }, (_, at) => `Customer ${String(at).padStart(3, '0')}`)
const TWICE = 'appear here twice'

describe(`digests of 200 lines, ${ROOMS * MORNINGS} of them, under ${MORNINGS * KILLS} kills`, () => {
  let place: Place
  let slack: FakeSlack
  let connection: Connection
  let service: RoundsService | undefined
  const begun = Date.now()
  const digests: { name: string; room: Channel }[] = []
  /** Pieces that were being sent when the process died, by their keys, as often as that happened. */
  const inFlight: { digest: string | undefined; part: number }[] = []

  beforeAll(
    async () => {
      place = createPlace({ 'model.yaml': SMALL_MODEL })
      slack = await startFakeSlack()
      Object.assign(place.env, slack.env('http'))
      connection = place.open()
      await migrate(connection)
      for (let at = 0; at < MORNINGS * ROOMS; at += 1) {
        digests.push({ name: `digest-${at}`, room: slack.addChannel(`room-${at}`) })
      }
      await everybodyFallsAfterTheBaseline()
      for (let morning = 0; morning < MORNINGS; morning += 1) {
        await makeDue(digests.slice(0, (morning + 1) * ROOMS))
        for (let kill = 0; kill < KILLS; kill += 1) await liveAndDie(kill % 3 === 1)
        service = await place.serve()
        await vi.waitFor(async () => expect(await unsent()).toEqual([]), { timeout: 60_000, interval: 200 })
        await service.kill()
      }
      report()
    },
    60_000 + MORNINGS * 90_000,
  )

  afterAll(async () => {
    await connection.close()
    await place.close()
    await slack.stop()
  })

  it('each name every account exactly once, in a head and the thread below it', () => {
    for (const { room } of digests) {
      const told = firsts(room)
      const text = told.map(({ shown }) => shown).join('\n')

      expect(told.length).toBeGreaterThan(5)
      expect(NAMES.filter(name => text.split(`*${name}*`).length !== 2)).toEqual([])
    }
  })

  it('have every piece in its order, all in one thread', () => {
    for (const { room } of digests) {
      const [, ...rest] = firsts(room)
      const threads = new Set(rest.map(({ threadTs }) => threadTs))

      expect(firsts(room).map(numberOf)).toEqual(firsts(room).map((_, at) => at + 1))
      expect(threads.size).toBe(1)
      expect(headsOf(room).map(({ ts }) => ts)).toContain([...threads][0])
    }
  })

  it('hold a piece twice only where its answer never came, and mark it so', () => {
    for (const { name, room } of digests) {
      for (const [at, first] of firsts(room).entries()) {
        const copies = slack.messages(room).filter(message => numberOf(message) === numberOf(first))
        const lost = inFlight.filter(({ digest, part }) => digest === name && part === at).length

        expect(copies.length).toBeLessThanOrEqual(1 + lost)
        expect(copies.slice(1).filter(({ shown }) => !shown.includes(TWICE))).toEqual([])
        if (lost === 0) expect(first.shown).not.toContain(TWICE)
      }
    }
  })

  it('leave a database that is whole', () => {
    expect(bareOf(connection).pragma('integrity_check', { simple: true })).toBe('ok')
  })

  /** What a reader sees once: of each piece the first that came. */
  function firsts(room: Channel): Message[] {
    const all = slack.messages(room)
    return all.filter(message => all.find(other => numberOf(other) === numberOf(message)) === message)
  }

  function headsOf(room: Channel): Message[] {
    return slack.messages(room).filter(message => numberOf(message) === 1)
  }

  function numberOf({ shown }: Message): number {
    return Number(/continued \((\d+)\)/.exec(shown)?.[1] ?? 1)
  }

  async function everybodyFallsAfterTheBaseline() {
    const settings = loadSettings(place.folder)
    const score = (at: number) =>
      scoreAccounts(connection, { model: settings.model, at, newId, accounts: 'all', purpose: 'slot' })
    await saveAccounts(
      connection.db,
      NAMES.map((name, at) => ({ id: `customer-${at}`, name, attributes: new Map() })),
      begun - 5 * DAY,
    )
    await observe('seats', 40, begun - 5 * DAY)
    await observe('active_users', 36, begun - 5 * DAY)
    await score(begun - 4 * DAY)
    const entries = digests.map(({ name, room }) => ({ name, schedule: '0 9 * * *', to: `slack:${room.id}` }))
    for (const digest of digestsSchema.parse({ digests: entries }).digests) {
      await recordAsAnnounced(connection.db, await buildDigest(connection, settings, digest, begun - 4 * DAY + 1))
    }
    await observe('active_users', 1, begun - 3 * DAY)
    for (const days of [2, 1]) await score(begun - days * DAY)
  }

  async function observe(metric: string, value: number, at: number) {
    const accounts = await connection.db.selectFrom('accounts').select('key').execute()
    const signal = { metric, value, observedAt: at, receivedAt: at, id: '', source: 'test' }
    await addSignals(
      connection,
      accounts.map(({ key }) => ({ account: key, ...signal })),
    )
  }

  /** Digests that were due a minute ago; earlier ones stay, and are not due again. */
  async function makeDue(known: typeof digests) {
    const slot = Math.floor(Date.now() / 60_000) * 60_000 - 60_000
    const schedule = `${new Date(slot).getUTCMinutes()} ${new Date(slot).getUTCHours()} * * *`
    const lines = known.map(({ name, room }, at) => {
      const isDue = at >= known.length - ROOMS
      return `  - {name: ${name}, schedule: "${isDue ? schedule : '0 0 29 2 *'}", to: "slack:${room.id}"}`
    })
    for (const { name } of known.slice(-ROOMS)) {
      await saveSlotsSeen(connection.db, digestJobName(name), JSON.stringify({ schedule, time_zone: 'UTC' }), slot)
    }
    place.write('digests.yaml', ['digests:', ...lines].join('\n'))
  }

  /** Is killed at a random moment; or, to be sure of it, while Slack has taken a piece and owes the answer. */
  async function liveAndDie(isAnswerLost: boolean) {
    service = await place.serve()
    const before = slack.calls.length
    const calls = 1 + Math.floor(Math.random() * 4 * ROOMS)
    const end = Date.now() + 6_000
    if (isAnswerLost) slack.fail('chat.postMessage', 'hang')
    while (slack.calls.length < before + calls && Date.now() < end) await rest(1)
    await rest(Math.random() * 20)
    await service.kill()
    slack.mend()
    const rows = await connection.db
      .selectFrom('outbox')
      .select(['subject_id', 'number', 'message'])
      .where('state', '=', 'sending')
      .execute()
    const runs = await connection.db.selectFrom('digest_runs').select(['id', 'digest']).execute()
    for (const { subject_id, number } of rows.filter(({ message }) => message === null)) {
      inFlight.push({ digest: runs.find(({ id }) => String(id) === subject_id)?.digest, part: number })
    }
  }

  async function unsent() {
    const { db } = connection
    const due = digests.slice(0, dueDigests())
    const runs = await db
      .selectFrom('digest_runs')
      .select('digest')
      .where('slot', '>', begun - DAY)
      .execute()
    const pending = await db
      .selectFrom('outbox')
      .select('id')
      .where('subject', '=', 'digest')
      .where('state', '!=', 'sent')
    const missing = due.filter(({ name }) => !runs.some(({ digest }) => digest === name))
    return [...(await pending.execute()), ...missing]
  }

  function dueDigests(): number {
    return (loadSettings(place.folder).digests.length / ROOMS) * ROOMS
  }

  function report() {
    if (process.env.ROUNDS_LONG === undefined) return
    const all = digests.flatMap(({ room }) => slack.messages(room)).length
    const pieces = digests.flatMap(({ room }) => firsts(room)).length
    console.info(
      `${MORNINGS * KILLS} kills, ${digests.length} digests, ${pieces} pieces, ${inFlight.length} in flight at a kill, ${all - pieces} twice`,
    )
  }
})

let ids = 0
const newId = () => `alert-${++ids}`
const rest = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

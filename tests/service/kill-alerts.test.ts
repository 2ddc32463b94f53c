import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { AlertKind } from '../../src/domain/alerts/alert-kind.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { migrate } from '../../src/store/engine/schema/migrate.ts'
import { KIND_WORDS } from '../../src/views/alerts/alert-words.ts'
import { type Channel, type FakeSlack, startFakeSlack } from '../support/fake-slack/index.ts'
import { FALLING_MODEL, portfolioFalls } from './falling-portfolio.ts'
import { createPlace, type Place, type RoundsService } from './rounds-process.ts'

const KILLS = process.env.ROUNDS_LONG ? 60 : 4
const ACCOUNTS = process.env.ROUNDS_LONG ? 120 : 12
/** Few enough accounts in each that they escalate one by one: more would arrive in one message. */
const ROOMS = Math.max(6, ACCOUNTS / 5)
/** A real process, killed again and again while it announces alerts and escalates them. */
describe(`a service that is killed ${KILLS} times while it announces ${ACCOUNTS} accounts that fell`, () => {
  let place: Place
  let slack: FakeSlack
  let rooms: Channel[]
  let connection: Connection
  let service: RoundsService | undefined
  let inFlight = 0

  beforeAll(
    async () => {
      slack = await startFakeSlack()
      rooms = Array.from({ length: ROOMS }, (_, at) => slack.addChannel(`room-${at}`))
      place = createPlace({ 'model.yaml': FALLING_MODEL, 'routes.yaml': routes() })
      Object.assign(place.env, slack.env('http'))
      connection = place.open()
      await migrate(connection)
      await portfolioFalls(connection, ACCOUNTS, 0, ROOMS)

      for (let round = 0; round < KILLS; round += 1) {
        service = await place.serve()
        await atSomeMoment()
        await service.kill()
        const rows = connection.db.selectFrom('outbox').select('id').where('state', '=', 'sending')
        inFlight += (await rows.execute()).length
      }
      service = await place.serve()
      await vi.waitFor(async () => expect(await outstanding()).toEqual([]), { timeout: 200_000, interval: 300 })
      await service.terminate()
    },
    240_000 + KILLS * 10_000,
  )

  afterAll(async () => {
    await connection.close()
    await place.close()
    await slack.stop()
  })

  it('posts every alert and every step of its escalation at least once', async () => {
    const alerts = await connection.db.selectFrom('alerts').select(['id', 'pending_news']).execute()
    const messages = await outbox()
    const onCards = await alertsOnCards()
    const texts = new Map(rooms.flatMap(room => slack.messages(room)).map(({ ts, shown }) => [ts, shown]))

    expect(alerts).toHaveLength(2 * ACCOUNTS)
    expect(alerts.filter(({ pending_news }) => pending_news !== null)).toEqual([])
    // All alerts of an account stand on one card, which names each.
    expect(messages.filter(({ purpose }) => purpose === 'opened')).toHaveLength(ACCOUNTS)
    expect(alerts.filter(({ id }) => !onCards.some(({ alert }) => alert === id))).toEqual([])
    expect(
      onCards.filter(({ kind, message }) => !texts.get(message ?? '')?.includes(KIND_WORDS[kind as AlertKind])),
    ).toEqual([])
    // One alert of an account escalates for all of them.
    expect(messages.filter(({ purpose }) => purpose === 'step')).toHaveLength(ACCOUNTS)
    for (const room of rooms) expect(slack.messages(room).length).toBeGreaterThanOrEqual(await rowsFor(room))
  })

  it('posts at most one extra copy for each time that a message was in flight, and marks it', async () => {
    const messages = rooms.flatMap(room => slack.messages(room))
    const repeats = messages.filter(({ shown }) => shown.includes('appear here twice'))

    expect(messages.length).toBeLessThanOrEqual((await outbox()).length + inFlight)
    expect(repeats.length).toBeLessThanOrEqual(inFlight)
    expect(messages.length - repeats.length).toBeLessThanOrEqual((await outbox()).length)
  })

  it('keeps the order of each alert: first its post, then the steps of its escalation', async () => {
    const sent = await outbox()
    const posts = sent.filter(({ purpose }) => purpose === 'opened')
    const orderOf = new Map(posts.map(({ subject_id, message }) => [subject_id, Number(message)]))
    const early = sent.filter(({ purpose, subject_id, message }) => {
      return purpose === 'step' && (orderOf.get(subject_id) ?? Infinity) > Number(message)
    })

    expect(early).toEqual([])
  })

  const outbox = () =>
    connection.db
      .selectFrom('outbox')
      .select(['subject_id', 'purpose', 'to_channel', 'message', 'state', 'version', 'shown_version'])
      .execute()
  const alertsOnCards = () =>
    connection.db
      .selectFrom('outbox_alerts')
      .innerJoin('outbox', 'outbox.id', 'outbox_alerts.message')
      .innerJoin('alerts', 'alerts.id', 'outbox_alerts.alert')
      .select(['alert', 'kind', 'outbox.message'])
      .where('purpose', '=', 'opened')
      .execute()
  const rowsFor = async ({ id }: Channel) => (await outbox()).filter(({ to_channel }) => to_channel === id).length

  /** Each kind of alert has rooms of its own for its post and for its escalation, by the accounts' segments. */
  function routes() {
    const [first, ...others] = rooms.map(({ id }) => `slack:${id}`)
    const route = (to: string | undefined, n: number) =>
      `  - {when: {attribute: segment, is: "${n}"}, to: ["${to}"], escalation: [{after: 1m, to: "${others[n] ?? first}"}]}`
    const hours = 'business_hours: {days: [mon, tue, wed, thu, fri, sat, sun], from: "00:00", to: "23:59"}'
    return [hours, 'storm: {alerts: 100000, share: 1}', 'routes:', ...[first, ...others].map(route)].join('\n')
  }

  async function atSomeMoment() {
    const before = slack.calls.length
    const calls = Math.floor(Math.random() * 3 * ROOMS)
    const end = Date.now() + 2_500
    while (slack.calls.length < before + calls && Date.now() < end) await sleep(1)
    await sleep(Math.random() * 30)
  }

  async function outstanding() {
    const unsent = (await outbox()).filter(row => row.state !== 'sent' || row.version !== row.shown_version)
    const unannounced = await connection.db
      .selectFrom('alerts')
      .select('id')
      .where('pending_news', 'is not', null)
      .execute()
    const low = await connection.db.selectFrom('alerts').select('id').where('escalation_step', '=', 0).execute()
    return [...unsent, ...unannounced, ...low]
  }
})

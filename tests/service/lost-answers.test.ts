import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { openAlerts } from '../../src/store/alerts/alerts.ts'
import { readAudit } from '../../src/store/audit/audit.ts'
import { addMessage } from '../../src/store/delivery/outbox.ts'
import { noticeCard } from '../../src/views/parts/answer-cards.ts'
import type { Message } from '../support/fake-slack/index.ts'
import { named } from '../support/named-message.ts'
import { SMALL_MODEL } from '../support/small-model.ts'
import { soon } from '../support/soon.ts'
import { openStage, type Stage } from './on-postgres.ts'
import type { RoundsService } from './rounds-process.ts'
import { openWeakLine, type WeakLine } from './weak-line.ts'

/**
 * The built service, on a line to PostgreSQL that breaks when something was just written, before the answer: nobody can know
 * then whether it was. What is done again must not be done twice, and what was refused must not be done later.
 */
let stage: Stage
let line: WeakLine
let service: RoundsService
let nth = 0

beforeAll(async () => {
  stage = await openStage(({ id }) => ({
    'model.yaml': SMALL_MODEL,
    'routes.yaml': `routes: [{to: ["slack:${id}"]}]`,
  }))
  line = await openWeakLine(stage.place.databaseUrl)
  Object.assign(stage.place.env, { DATABASE_URL: line.url })
  service = await stage.serve()
  await post('/v1/people', [{ email: stage.dana.email, name: 'Dana', role: 'csm' }])
  await post('/v1/accounts', [{ id: 'acme', name: 'Acme', arr: 1000 }])
})
beforeEach(() => {
  nth += 1
})
afterAll(async () => {
  await stage.close()
  await line.close()
})

const isLost = () => soon(() => expect(line.hasLost()).toBe(true))

const post = (path: string, rows: readonly object[], key?: string) => stage.post(service, path, rows, key)
const signal = () => ({
  account_id: 'acme',
  metric: 'seats',
  value: nth,
  observed_at: `2026-01-${10 + nth}`,
  id: `s-${nth}`,
})
const stored = async () => {
  const rows = stage.connection.db.selectFrom('signals').select('id').where('id', '=', `s-${nth}`)
  return (await rows.execute()).length
}

/** An alert that was posted, as the room shows it. */
async function alerted(): Promise<Message> {
  const at = Date.now() - 60_000
  await openAlerts(stage.connection.db, [
    { id: `alert-${nth}`, account: 1, kind: 'at_risk', at, reason: `Logins fell ${nth}` },
  ])
  return soon(() => {
    const message = stage.slack.messages(stage.room).find(({ shown }) => shown.includes(`Logins fell ${nth}`))
    return message ?? expect.fail('nothing is posted yet')
  })
}
const alert = () =>
  stage.connection.db
    .selectFrom('alerts')
    .select(['state', 'claimed_by'])
    .where('id', '=', `alert-${nth}`)
    .executeTakeFirst()
/** Lets the next one of its kind be opened. */
const close = () =>
  stage.connection.db.updateTable('alerts').set({ state: 'resolved' }).where('state', '!=', 'resolved').execute()
const claims = async () =>
  (await readAudit(stage.connection.db, {})).filter(
    ({ act, subject }) => act === 'alert.claim' && subject === `alert-${nth}`,
  )
/** Whether nothing that came in is still to be done. */
const noneWaits = async () => {
  const waiting = stage.connection.db
    .selectFrom('handled_deliveries')
    .select('delivery')
    .where('request', 'is not', null)
  return (await waiting.execute()).length === 0
}
const said = () => stage.slack.ephemerals(stage.dana).map(({ shown }) => shown)

it('a press that was done is said to be perhaps done, and changes nothing the second time', async () => {
  const message = await alerted()
  line.loseAnswerTo(/update "alerts"/)

  await Promise.all([stage.slack.press(stage.dana, message, 'Claim'), stage.slack.press(stage.dana, message, 'Claim')])
  await isLost()
  await soon(() => expect(said().join()).toContain('Check whether it changed anything before you try again'))
  await soon(async () => expect(await noneWaits()).toBe(true))

  expect(await alert()).toEqual({ state: 'claimed', claimed_by: stage.dana.email })
  expect(await claims()).toHaveLength(1)
  await close()
})

it('a press that was refused, though it was noted, is not done when the service starts again', async () => {
  const message = await alerted()
  line.loseAnswerTo(/insert into "handled_deliveries"/)

  await stage.slack.press(stage.dana, message, 'Claim')
  await isLost()
  await soon(() => expect(said().join()).toContain('Nothing was changed.'))
  await soon(async () => expect(await noneWaits()).toBe(true))
  await service.kill()
  service = await stage.serve()

  const again = await post('/v1/signals', [signal()])
  expect([again.status, await alert()]).toEqual([200, { state: 'open', claimed_by: null }])
  await close()
})

it('signals that were not acknowledged, and were taken, are there once when they are sent again', async () => {
  line.loseAnswerTo(/copy signals/)

  expect(await post('/v1/signals', [signal()])).toMatchObject({ status: 503 })
  expect(line.hasLost()).toBe(true)

  expect(await post('/v1/signals', [signal()])).toMatchObject({ status: 200, added: 0, unchanged: 1 })
  expect(await stored()).toBe(1)
})

it.each([
  ['begun', /insert into "idempotent_requests"/],
  ['answered', /update "idempotent_requests"/],
])(
  'a request with a key that was %s without anybody hearing of it is taken when it is sent again',
  async (_, words) => {
    line.loseAnswerTo(words)
    const key = randomUUID()

    expect(await post('/v1/signals', [signal()], key)).toMatchObject({ status: 503 })
    expect(line.hasLost()).toBe(true)

    await soon(async () => expect(await post('/v1/signals', [signal()], key)).toMatchObject({ status: 200 }))
    expect(await stored()).toBe(1)
  },
)

it.each([
  ['being sent', /"state" = \$\d+, "tries"/, 1],
  ['sent', /"shown_version" = \$\d+/, 0],
])('a message that was noted as %s, without its sender hearing of it, is posted once', async (_, words, most) => {
  line.loseAnswerTo(words)
  const card = noticeCard(`Message ${nth}`, `Message ${nth}`)
  await addMessage(stage.connection.db, {
    ...named(`m-${nth}`),
    to: { platform: 'slack', channel: stage.room.id },
    card,
    alerts: [],
    at: Date.now(),
  })
  await isLost()

  const states = stage.connection.db.selectFrom('outbox').select('state').where('state', '!=', 'sent')
  await soon(async () => expect(await states.execute()).toEqual([]))
  const posts = stage.slack.messages(stage.room).filter(({ shown }) => shown.includes(`Message ${nth}`))
  expect(posts).toHaveLength(1)
  expect(posts.filter(({ shown }) => shown.includes('appear here twice')).length).toBeLessThanOrEqual(most)
})

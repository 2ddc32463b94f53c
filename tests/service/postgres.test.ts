import { afterEach, beforeEach, expect, it } from 'vitest'
import { openAlerts } from '../../src/store/alerts/alerts.ts'
import type { Message } from '../support/fake-slack/index.ts'
import { SMALL_MODEL } from '../support/small-model.ts'
import { soon } from '../support/soon.ts'
import { openStage, type Stage } from './on-postgres.ts'

/** The built service on a PostgreSQL server: what is sent, asked and pressed, and what the next start still knows. */
let stage: Stage

beforeEach(async () => {
  stage = await openStage(({ id }) => ({
    'model.yaml': SMALL_MODEL,
    'routes.yaml': `routes: [{to: ["slack:${id}"]}]`,
  }))
})
afterEach(() => stage.close())

const DAY = 86_400_000
const daysAgo = (days: number) => new Date(Date.now() - days * DAY).toISOString()

const signals = () =>
  Object.entries({ seats: 40, active_users: 2, nps: 0, csm_pulse: 1 }).map(([metric, value]) => ({
    ...{ account_id: 'acme', metric, value, observed_at: daysAgo(1) },
  }))

it('takes data, answers, posts an alert, records who claimed it, and knows all of that after a restart', async () => {
  const service = await stage.serve()
  expect(
    await stage.post(service, '/v1/people', [{ email: stage.dana.email, name: 'Dana', role: 'csm' }]),
  ).toMatchObject({ status: 200 })
  expect(await stage.post(service, '/v1/accounts', [{ id: 'acme', name: 'Acme', arr: 1000 }])).toMatchObject({
    status: 200,
  })
  expect(await stage.post(service, '/v1/signals', signals())).toMatchObject({ status: 200 })
  await soon(async () => expect(await shown()).toBeLessThan(30))

  await stage.slack.command(stage.dana, '/health acme', stage.room)
  await soon(() => expect(JSON.stringify(stage.slack.ephemerals(stage.dana))).toContain('Acme'))

  const at = Date.now() - 60_000
  await openAlerts(stage.connection.db, [{ id: 'alert-1', account: 1, kind: 'at_risk', at, reason: 'Logins fell' }])
  await stage.slack.press(stage.dana, await posted(), 'Claim')
  await soon(async () => expect(await alert()).toEqual({ state: 'claimed', claimed_by: stage.dana.email }))
  expect(await service.terminate()).toBe(0)

  const next = await stage.serve()
  const { exit, stdout } = await stage.place.rounds('audit', 'verify')
  expect({ exit, stdout }).toMatchObject({ exit: 0, stdout: expect.stringContaining('is intact') })
  expect(await alert()).toEqual({ state: 'claimed', claimed_by: stage.dana.email })
  expect((await fetch(`${next.url}/readyz`)).status).toBe(200)
}, 120_000)

it('lets a second one in, and both answer', async () => {
  const services = [await stage.serve(), await stage.place.serve()]

  const answers = await Promise.all(services.map(({ url }) => fetch(`${url}/readyz`)))

  expect(answers.map(({ status }) => status)).toEqual([200, 200])
}, 120_000)

const shown = async () => {
  const { json } = await stage.place.rounds('list', '--json')
  return (json as { shown: number | null }[])[0]?.shown ?? 100
}

const alert = () => stage.connection.db.selectFrom('alerts').select(['state', 'claimed_by']).executeTakeFirst()

const posted = (): Promise<Message> =>
  soon(() => {
    const [message] = stage.slack.messages(stage.room)
    if (message === undefined) throw new Error('nothing is posted yet')
    return message
  })

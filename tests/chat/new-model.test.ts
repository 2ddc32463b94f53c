import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Channel } from '../support/fake-slack/index.ts'
import { MORNING_DIGEST, SMALL_MODEL, signalsOf } from '../support/small-model.ts'
import { createWorld, type World } from '../support/world.ts'

/** The same components, and bands under which 70 is no longer healthy but at risk. */
const STRICTER = SMALL_MODEL.replace('from: 40}', 'from: 80}').replace('from: 70}', 'from: 90}')

let world: World
let room: Channel

beforeEach(async () => {
  world = await createWorld({ now: '2026-11-01T05:00', files: { 'model.yaml': SMALL_MODEL } })
  room = world.slack.addChannel('cs')
  world.writeSettings({ 'digests.yaml': MORNING_DIGEST(room.id) })
  await world.has({
    accounts: [{ id: 'acme' }, { id: 'globex' }],
    signals: [...signalsOf('acme', 20, '2026-10-30'), ...signalsOf('globex', 40, '2026-10-30')],
  })
  await live('2026-11-01T05:00')
})

afterEach(() => world.close())

/** The service comes up, does what is due, and goes down again. */
async function live(time: string, until: () => unknown = () => true) {
  world.passTo(time)
  await world.start()
  const { db } = world.connection
  await vi.waitFor(
    async () => {
      const due = await db.selectFrom('schedules').select('name').where('next_due_at', '<=', world.now).execute()
      const unsent = await db.selectFrom('outbox').select('state').where('state', '!=', 'sent').execute()
      const activations = await db.selectFrom('model_activations').select('version').execute()
      expect([due, unsent, activations.length > 0, Boolean(await until())]).toEqual([[], [], true, true])
    },
    { timeout: 20_000 },
  )
  await world.stop()
}

const alertsRaised = () => world.connection.db.selectFrom('alerts').select('kind').execute()
const statuses = () => world.connection.db.selectFrom('current_status').select(['verdict']).orderBy('account').execute()

it('begins again in silence with a new model, records who put it into use, and tells of it once', async () => {
  await live('2026-11-01T09:00:10')
  world.writeSettings({ 'model.yaml': STRICTER })

  await live('2026-11-01T12:00', async () => (await statuses())[0]?.verdict === 'at_risk')
  await live('2026-11-02T09:00:10')
  await live('2026-11-03T09:00:10')

  await world.start()
  expect(await alertsRaised()).toEqual([])
  const activations = await world.connection.db.selectFrom('model_activations').select(['by_whom']).execute()
  expect(activations).toEqual([{ by_whom: 'tester' }, { by_whom: 'tester' }])
  expect(world.slack.messages(room).map(({ shown }) => shown)).toEqual([
    expect.stringContaining('I watch 2 accounts'),
    expect.stringContaining('A new model is in use'),
    expect.stringContaining('Nothing new'),
  ])
})

it('changes exactly the accounts that the plan named', async () => {
  await live('2026-11-01T09:00:10')
  await world.start()
  const { checkModel } = await import('../../src/model/load.ts')
  const { planModel } = await import('../../src/work/scoring/plan-model.ts')
  const [current, next] = [SMALL_MODEL, STRICTER].map(text => checkModel(text).model)
  if (current === undefined || next === undefined) throw new Error('both models are valid')
  const plan = await planModel(world.connection, current, next, world.now)
  await world.stop()
  world.writeSettings({ 'model.yaml': STRICTER })

  await live('2026-11-01T12:00', async () => (await statuses())[0]?.verdict === 'at_risk')

  await world.start()
  expect(plan.accounts.map(({ id, from, to }) => [id, from, to])).toEqual([
    ['acme', 'healthy', 'at_risk'],
    ['globex', 'healthy', 'healthy'],
  ])
  expect(plan.accounts[0]?.wouldStart).toEqual([{ kind: 'alert', id: 'at_risk' }])
  expect(await statuses()).toEqual([{ verdict: 'at_risk' }, { verdict: 'healthy' }])
})

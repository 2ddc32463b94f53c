import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Channel, User } from '../support/fake-slack/index.ts'
import { MORNING_DIGEST, SMALL_MODEL, signalsOf } from '../support/small-model.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
let room: Channel
let dana: User
let eve: User

beforeEach(async () => {
  world = await createWorld({ now: '2026-11-01T05:00', files: { 'model.yaml': SMALL_MODEL } })
  room = world.slack.addChannel('cs')
  world.writeSettings({ 'digests.yaml': MORNING_DIGEST(room.id) })
  dana = world.slack.addUser('Dana', 'dana@ours.example')
  eve = world.slack.addUser('Eve', 'eve@ours.example')
  await world.has({
    people: [
      { email: 'dana@ours.example', name: 'Dana', role: 'csm' },
      { email: 'eve@ours.example', name: 'Eve', role: 'csm' },
    ],
    accounts: [
      { id: 'acme', name: 'Acme', owner: 'dana@ours.example', arr: '240000' },
      { id: 'globex', name: 'Globex' },
    ],
    signals: [...signalsOf('acme', 36, '2026-10-01'), ...signalsOf('globex', 40, '2026-10-01')],
  })
  await live('2026-11-01T05:00')
})

afterEach(() => world.close())

/** The service comes up, looks at what is due, says what there is to say, and goes down again. */
async function live(time: string) {
  world.passTo(time)
  await world.start()
  await world.tick()
  const unsent = () => world.connection.db.selectFrom('outbox').select('state').where('state', '!=', 'sent').execute()
  await vi.waitFor(async () => expect(await unsent()).toEqual([]), { timeout: 20_000 })
  await world.stop()
}

const said = () => world.slack.messages(room).map(({ shown }) => shown)

async function acmeFalls() {
  await live('2026-11-01T09:00:10')
  await world.has({ accounts: [], signals: ['acme active_users 2 2026-11-01T20:00', 'acme nps -100 2026-11-01T20:00'] })
  await live('2026-11-02T09:00:10')
}

it('begins with a baseline of one line', async () => {
  await live('2026-11-01T09:00:10')

  expect(said()).toEqual([expect.stringContaining('I watch 2 accounts')])
})

it('says on the next morning only what changed, why, and who should act', async () => {
  await acmeFalls()

  expect(said()).toHaveLength(2)
  expect(said()[1]).toContain('Newly at risk (1)')
  expect(said()[1]).toContain('Acme')
  expect(said()[1]).toContain('2 of 40 seats used')
  expect(said()[1]).toContain('ARR $240K')
  expect(said()[1]).toContain('Owner Dana')
  expect(said()[1]).toContain('1 account is unchanged.')
})

it('says in one line that nothing changed', async () => {
  await acmeFalls()
  await live('2026-11-03T09:00:10')

  expect(said()[2]).toContain('Nothing new: 2 accounts are unchanged.')
})

it('posts a slot once, however often the service starts', async () => {
  await live('2026-11-01T09:00:10')
  await live('2026-11-01T09:00:20')
  await live('2026-11-01T09:30')

  expect(said()).toHaveLength(1)
})

it('posts a missed digest late, marked so, and leaves it to the next one after six hours', async () => {
  await live('2026-11-01T11:00')
  await live('2026-11-02T16:00')

  expect(said()).toEqual([expect.stringContaining('(late)')])
})

it('lets one of two simultaneous claims win, and shows both the holder where they pressed', async () => {
  await acmeFalls()
  await world.start()
  const digest = world.slack.messages(room)[1]
  if (digest === undefined) throw new Error('no digest')

  await Promise.all([world.slack.press(dana, digest, 'Claim'), world.slack.press(eve, digest, 'Claim')])

  await world.slack.until(() => digest.edits >= 2)
  expect([...world.slack.ephemerals(dana), ...world.slack.ephemerals(eve)]).toEqual([])
  world.passTo('2026-11-02T09:00:20')
  const updated = await world.slack.until(
    () => world.slack.messages(room)[1]?.shown.includes('Claimed by') && world.slack.messages(room)[1],
  )
  expect(updated?.shown).not.toContain('Owner Dana')
  expect(world.slack.messages(room)).toHaveLength(2)
})

import { afterEach, beforeEach, expect, it } from 'vitest'
import { settle } from '../support/alert-world.ts'
import type { Channel, User } from '../support/fake-slack/index.ts'
import { SMALL_MODEL, signalsOf } from '../support/small-model.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
let dana: User
let room: Channel

const OWNED = { owner: 'dana@ours.example' }
const NEWS_OF_GLOBEX = ['globex csm_pulse 4 2026-10-28', 'globex meeting 1 2026-10-30']

beforeEach(async () => {
  world = await createWorld({ now: '2026-11-02T08:00', files: { 'model.yaml': SMALL_MODEL } })
  dana = world.slack.addUser('Dana', 'dana@ours.example')
  room = world.slack.addChannel('cs')
  await world.has({
    people: [
      { email: 'dana@ours.example', name: 'Dana', role: 'csm', time_zone: 'Europe/Berlin' },
      { email: 'eve@ours.example', name: 'Eve', role: 'csm' },
    ],
    accounts: [
      { id: 'acme', name: 'Acme', ...OWNED },
      { id: 'globex', name: 'Globex', ...OWNED },
      { id: 'initech', name: 'Initech', ...OWNED },
    ],
    signals: [
      ...['acme', 'initech'].flatMap(id => signalsOf(id, 4, '2026-10-20')),
      ...signalsOf('globex', 4, '2026-09-01'),
    ],
  })
})

afterEach(() => world.close())

const reminders = () => world.slack.dms(dana).filter(({ shown }) => shown.includes('pulse'))

/** Lives at a time until everything due is done and said. */
async function live(time: string) {
  await world.stop()
  world.passTo(time)
  await world.start()
  await world.look()
  await settle(world)
}

async function rate(rating: string, note = 'As I see it.', more: Record<string, string> = {}) {
  const form = await world.slack.until(() => world.slack.modal(dana))
  await world.slack.submit(dana, form, { rating, note, ...more })
  return world.slack.until(() => world.slack.modal(dana))
}

it('reminds owners once, in their own business hours, of the pulses that are older than the cadence', async () => {
  await live('2026-11-02T07:59')
  expect(reminders()).toEqual([])

  await live('2026-11-02T08:01')
  await live('2026-11-03T09:00')

  expect(reminders()).toHaveLength(1)
  expect(reminders()[0]?.shown).toContain('Globex is waiting for your pulse.')
  expect(reminders()[0]?.shown).toContain('Last pulse on 2026-09-01')
  expect(reminders()[0]?.shown).not.toContain('Acme')
})

it('reminds once after a meeting, a complaint and a renewal that passed, all in one message', async () => {
  await world.has({
    accounts: [{ id: 'initech', name: 'Initech', ...OWNED, renewal_on: '2026-11-01' }],
    signals: [...NEWS_OF_GLOBEX, 'acme escalations 1 2026-10-25', 'initech complaints 0 2026-10-25'],
  })

  await live('2026-11-02T09:00')
  await live('2026-11-03T09:00')

  expect(reminders()).toHaveLength(1)
  const shown = reminders()[0]?.shown
  expect(shown).toContain('You met them on 2026-10-30')
  expect(shown).toContain('A complaint or escalation on 2026-10-25')
  expect(shown).toContain('The renewal date passed on 2026-11-01')
})

it('reminds nobody where the routes turn it off', async () => {
  world.writeSettings({ 'routes.yaml': 'pulse_cadence: off' })

  await live('2026-11-02T09:00')

  expect(reminders()).toEqual([])
})

it('walks an owner through all due accounts, each form one press away', async () => {
  world.writeSettings({ 'routes.yaml': 'pulse_cadence: 10d' })
  await world.start()
  await world.slack.command(dana, '/health pulses', room)
  const list = await world.slack.until(() => world.slack.ephemerals(dana).at(0))
  expect(list.shown).toContain('3 of your accounts are waiting for your pulse.')

  await world.slack.press(dana, list, 'Start with Globex')
  let effect = await rate('3')
  expect(effect.shown).toContain('Next: Acme (2 left)')
  await world.slack.press(dana, effect, 'Next: Acme (2 left)')
  await world.slack.until(() => world.slack.modal(dana)?.shown.includes('with Acme'))
  effect = await rate('3')
  await world.slack.press(dana, effect, 'Next: Initech (1 left)')
  await world.slack.until(() => world.slack.modal(dana)?.shown.includes('with Initech'))
  effect = await rate('3')

  expect(effect.shown).toContain('That was the last account waiting for you.')
  await world.slack.command(dana, '/health pulses', room)
  const after = await world.slack.until(() => world.slack.ephemerals(dana).at(1))
  expect(after.shown).toContain('None of your accounts needs a pulse.')
})

it('tells a pulse that the data contradicts to its owner, and never to a channel', async () => {
  await world.start()
  await world.has({ signals: ['acme nps -20 2026-11-01'] })
  await world.slack.command(dana, '/health pulse acme', room)

  const effect = await rate('5')
  expect(effect.shown).toContain('You say 5, the data says 18.')

  const eve = world.slack.addUser('Eve', 'eve@ours.example')
  for (const user of [dana, eve]) await world.slack.command(user, '/health acme', room)
  const own = await world.slack.until(() => world.slack.ephemerals(dana).at(0))
  const others = await world.slack.until(() => world.slack.ephemerals(eve).at(0))
  expect(own.shown).toContain('You say 5, the data says 18.')
  expect(others.shown).not.toContain('the data says')
  await world.slack.press(dana, own, 'Share to channel')
  const shared = await world.slack.until(() => world.slack.messages(room).at(0))
  expect(shared.shown).not.toContain('the data says')
})

it('keeps how long a pulse stands, ninety days unless said otherwise, and asks again once it expired', async () => {
  await world.start()
  await world.slack.command(dana, '/health pulse acme', room)
  const form = await world.slack.until(() => world.slack.modal(dana))
  await world.slack.submit(dana, form, { rating: '4', note: 'Fine.', expires: '0' })
  expect(JSON.stringify(form.errors)).toContain('Write a number of days')

  const effect = await rate('4', 'Fine.', { expires: '7' })
  expect(effect.shown).toContain('It counts until 2026-11-09.')
  await world.slack.command(dana, '/health acme', room)
  expect((await world.slack.until(() => world.slack.ephemerals(dana).at(0))).shown).toContain('counts until 2026-11-09')

  await live('2026-11-10T09:00')
  expect(
    reminders()
      .map(({ shown }) => shown)
      .join(),
  ).toContain('The last pulse expired on 2026-11-09')
})

import { afterEach, beforeEach, expect, it } from 'vitest'
import { settle } from '../support/alert-world.ts'
import type { Channel, User } from '../support/fake-slack/index.ts'
import { SMALL_MODEL, signalsOf } from '../support/small-model.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
let room: Channel
const users = new Map<string, User>()

const ROUTES = 'admins: [boss@ours.example]\nroutes: [{to: [owner]}]\npulse_cadence: 30d'
const low = (id: string) => [...signalsOf(id, 4, '2026-11-01'), `${id} nps -100 2026-11-01`]

beforeEach(async () => {
  world = await createWorld({ now: '2026-11-02T05:00', files: { 'model.yaml': SMALL_MODEL, 'routes.yaml': ROUTES } })
  room = world.slack.addChannel('cs')
  for (const name of ['Dana', 'Mira', 'Boss', 'Vic', 'Stranger']) {
    users.set(name, world.slack.addUser(name, `${name.toLowerCase()}@ours.example`))
  }
  const owner = 'dana@ours.example'
  await world.has({
    people: [
      { email: 'dana@ours.example', name: 'Dana', role: 'csm', manager: 'mira@ours.example' },
      { email: 'mira@ours.example', name: 'Mira', role: 'csm' },
      { email: 'vic@ours.example', name: 'Vic', role: 'viewer' },
    ],
    accounts: [
      { id: 'acme', name: 'Acme', owner, arr: '48000', renewal_on: '2026-12-01' },
      { id: 'globex', name: 'Globex', owner, arr: '9000', renewal_on: '2027-11-01' },
    ],
    signals: [...signalsOf('acme', 30, '2026-11-01'), ...signalsOf('globex', 30, '2026-11-01')],
  })
  await live('2026-11-02T06:01')
  await world.has({ signals: low('acme').map(line => line.replace('2026-11-01', '2026-11-08')) })
  await live('2026-11-09T06:01')
  await live('2026-11-10T06:01')
})

afterEach(() => world.close())

async function live(time: string) {
  await world.stop()
  world.passTo(time)
  await world.start()
  await world.tick()
  await settle(world)
}

function user(name: string): User {
  const found = users.get(name)
  if (found === undefined) throw new Error(`nobody is called ${name}`)
  return found
}

async function homeOf(name: string): Promise<string> {
  await world.slack.openHome(user(name))
  return (await world.slack.until(() => world.slack.home(user(name)))).shown
}

it('shows an owner what is theirs today: accounts, alerts, renewals, pulses, and the book with what changed', async () => {
  const shown = await homeOf('Dana')

  expect(shown).toMatch(/1 renewal in 90 days/)
  expect(shown).toContain('Your five')
  expect(shown).toMatch(/Acme.*At risk/)
  expect(shown).toContain('Your alerts')
  expect(shown).toContain('Alerts about 1 account')
  expect(shown).toMatch(/renews 2026-12-01, in 21 days/)
  expect(shown).toMatch(/At risk\W*\n?\W*1 \(\+1\)/)
})

it('shows a manager their team by owner, and an admin what stands behind it', async () => {
  expect(await homeOf('Mira')).toMatch(/Dana\W* 2 accounts · 1 at risk/)
  const boss = await homeOf('Boss')
  expect(boss).toContain('left to set up Rounds')
  expect(boss).toContain('✓ Accounts')
  expect(boss).toContain('/health digest create NAME')
})

it('offers the portfolio to somebody without accounts, known or not, and to a viewer', async () => {
  for (const name of ['Mira', 'Vic', 'Stranger']) expect(await homeOf(name)).toContain('The portfolio, worst first')
  expect(await homeOf('Stranger')).toContain('You own no accounts.')
})

it('opens a list by itself and leads back, in its own place', async () => {
  await homeOf('Dana')
  const home = await world.slack.until(() => world.slack.home(user('Dana')))

  await world.slack.command(user('Dana'), '/health home book', room)
  const list = await world.slack.until(() => world.slack.ephemerals(user('Dana')).at(0))
  expect(list.shown).toContain('Globex')
  await world.slack.press(user('Dana'), list, 'Your day')

  await world.slack.until(() => list.shown.includes('Your five'))
  expect(home.shown).toContain('Find an account')
})

it('follows what others do while it is open, within seconds, and leaves alone what did not change', async () => {
  await homeOf('Dana')
  const home = await world.slack.until(() => world.slack.home(user('Dana')))
  expect(home.shown).toContain('*Acme* Renewal at risk')
  world.passTo('2026-11-10T06:05')
  await world.slack.command(user('Boss'), '/health alerts', room)
  const list = await world.slack.until(() => world.slack.ephemerals(user('Boss')).at(0))
  await world.slack.press(user('Boss'), list, 'Claim')
  await settle(world)
  world.passTo('2026-11-10T06:06')

  await world.tick()

  expect(home.shown).not.toContain('*Acme* Renewal at risk')
})

it('opens an account that is looked up by its name', async () => {
  await homeOf('Dana')
  const home = await world.slack.until(() => world.slack.home(user('Dana')))
  await world.slack.press(user('Dana'), home, 'Find an account')
  const form = await world.slack.until(() => world.slack.modal(user('Dana')))

  await world.slack.type(user('Dana'), form, 'account', 'glo')
  await world.slack.submit(user('Dana'), form, { account: 'globex' })

  expect((await world.slack.until(() => world.slack.modal(user('Dana')))).shown).toContain('Globex')
})

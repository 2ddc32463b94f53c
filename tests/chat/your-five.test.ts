import { afterEach, beforeEach, expect, it } from 'vitest'
import { addMessage } from '../../src/store/delivery/outbox.ts'
import { settle } from '../support/alert-world.ts'
import type { User } from '../support/fake-slack/index.ts'
import { SMALL_MODEL, signalsOf } from '../support/small-model.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
let dana: User
let mira: User

const OWNED = { owner: 'dana@ours.example' }
const ROUTES = 'pulse_cadence: off\nyour_five: {accounts: 2, at: "08:00"}\n'

/** 2026-11-02 is a Monday. */
beforeEach(async () => {
  world = await createWorld({ now: '2026-11-02T06:00', files: { 'model.yaml': SMALL_MODEL, 'routes.yaml': ROUTES } })
  dana = world.slack.addUser('Dana', 'dana@ours.example')
  mira = world.slack.addUser('Mira', 'mira@ours.example')
  await world.has({
    people: [
      {
        email: 'dana@ours.example',
        name: 'Dana',
        role: 'csm',
        time_zone: 'Europe/Berlin',
        manager: 'mira@ours.example',
      },
      { email: 'mira@ours.example', name: 'Mira', role: 'csm' },
    ],
    accounts: [
      { id: 'small', name: 'Small', ...OWNED, arr: '1000', renewal_on: '2026-11-20' },
      { id: 'large', name: 'Large', ...OWNED, arr: '90000', renewal_on: '2026-11-20' },
      { id: 'far', name: 'Far', ...OWNED, arr: '90000', renewal_on: '2027-11-20' },
      { id: 'fine', name: 'Fine', ...OWNED, arr: '900000' },
    ],
    signals: [
      ...['small', 'large', 'far'].flatMap(id => [...signalsOf(id, 4, '2026-10-30'), `${id} nps -100 2026-11-01`]),
      ...signalsOf('fine', 20, '2026-11-01'),
    ],
  })
})

afterEach(() => world.close())

const mornings = (user: User) => world.slack.dms(user).filter(({ shown }) => shown.includes('Your morning'))

async function live(time: string) {
  await world.stop()
  world.passTo(time)
  await world.start()
  await world.tick()
  await settle(world)
}

it('sends each person the accounts with most at stake at eight in their own morning, once, and counts the rest', async () => {
  await live('2026-11-02T06:30')
  await live('2026-11-02T07:01')
  await live('2026-11-02T07:30')

  expect(mornings(dana)).toHaveLength(1)
  const shown = mornings(dana)[0]?.shown ?? ''
  expect(shown.indexOf('Large')).toBeGreaterThan(-1)
  expect(shown.indexOf('Large')).toBeLessThan(shown.indexOf('Far'))
  expect(shown).not.toMatch(/Small|Fine/)
  expect(shown).toContain('1 more account with something at stake')
  await live('2026-11-03T07:01')
  expect(mornings(dana)).toHaveLength(2)
})

it('sends everybody else theirs where that of one person fails', async () => {
  const aaron = { email: 'aaron@ours.example', name: 'Aaron', role: 'csm', time_zone: 'Europe/Berlin' }
  world.slack.addUser('Aaron', aaron.email)
  await world.has({ people: [aaron] })
  await live('2026-11-02T06:30')
  const { db } = world.connection
  const key = { subject: { of: 'person', id: aaron.email }, purpose: 'pulses', number: 1 } as const
  const to = { platform: 'slack', person: aaron.email }
  await addMessage(db, { ...key, to, card: { title: '', summary: '', parts: [] }, alerts: [], at: world.now })
  await db.updateTable('outbox').set({ state: 'held', card: 'torn' }).execute()

  await live('2026-11-02T07:01')

  expect(mornings(dana)).toHaveLength(1)
})

it('sends nothing on a weekend, on a holiday, or when the morning is over', async () => {
  world.writeSettings({ 'routes.yaml': `${ROUTES}business_hours: {holidays: [2026-11-09]}` })
  await live('2026-11-06T06:30')
  for (const time of ['2026-11-06T18:00', '2026-11-07T07:01', '2026-11-08T07:01', '2026-11-09T07:01']) await live(time)
  expect(mornings(dana)).toEqual([])
})

it('names a person with more at risk than a morning holds to their manager, once', async () => {
  await live('2026-11-02T06:30')
  await live('2026-11-02T08:01')
  await live('2026-11-03T08:01')

  expect(mornings(mira)).toHaveLength(1)
  expect(mornings(mira)[0]?.shown).toMatch(/Dana\W* has 3 accounts at risk/)
})

it('shows the same on demand, and sends nobody anything where the routes do not ask for it', async () => {
  world.writeSettings({ 'routes.yaml': 'pulse_cadence: off' })
  await live('2026-11-02T06:30')
  await live('2026-11-02T07:01')
  const room = world.slack.addChannel('cs')

  await world.slack.command(dana, '/health five', room)

  const { shown } = await world.slack.until(() => world.slack.ephemerals(dana).at(0))
  for (const name of ['Large', 'Far', 'Small']) expect(shown).toContain(name)
  expect(shown).not.toContain('Fine')
  expect(mornings(dana)).toEqual([])
})

import { afterEach, beforeEach, expect, it } from 'vitest'
import { loadSettings } from '../../src/model/settings.ts'
import { platforms } from '../../src/platforms.ts'
import { markAbsentLeft } from '../../src/store/people/leavers.ts'
import { complaintsOf } from '../../src/views/admin/complaints.ts'
import { examine } from '../../src/work/admin/examine.ts'
import { type AlertWorld, createAlertWorld, settle } from '../support/alert-world.ts'
import type { User } from '../support/fake-slack/index.ts'
import { pressed } from '../support/small-company.ts'

let world: AlertWorld
let boss: User

beforeEach(async () => {
  world = await createAlertWorld({
    routes: ({ id }) =>
      `{admins: [boss@ours.example], routes: [{alerts: [at_risk, sharp_drop], to: ["slack:${id}"], escalation: [{after: 2h, to: manager}]}]}`,
  })
  boss = world.slack.addUser('Boss', 'boss@ours.example')
  await world.has({
    people: [{ email: 'dana@ours.example', name: 'Dana', role: 'csm', manager: 'eve@ours.example' }],
  })
  await world.fall('acme', '2026-11-01')
  await world.live('2026-11-02T06:00:05')
  await claims(world.dana)
})

afterEach(() => world.close())

const posts = () => world.slack.messages(world.room)
const alerts = () =>
  world.connection.db
    .selectFrom('alerts')
    .select(['kind', 'state', 'claimed_by'])
    .where('kind', '!=', 'pulse_divergence')
    .orderBy('kind')
    .execute()
const isOpenAgain = async () =>
  expect(await alerts()).toEqual([
    { kind: 'at_risk', state: 'open', claimed_by: null },
    { kind: 'sharp_drop', state: 'open', claimed_by: null },
  ])

async function claims(user: User) {
  const [post] = posts()
  if (post === undefined) throw new Error('no post')
  await pressed(world.slack, user, post, 'Claim')
  await settle(world)
}

/** Dana may only look on from now on. */
const danaIsViewer = () => world.has({ people: [{ email: 'dana@ours.example', name: 'Dana', role: '' }] })

it('opens again what somebody holds who now has read-only access, in every copy, and says so in the thread', async () => {
  await danaIsViewer()
  await world.live('2026-11-02T09:00')

  await isOpenAgain()
  expect(posts()[0]?.shown).toContain('nobody yet')
  expect(posts().map(({ shown }) => shown)).toContainEqual(
    expect.stringContaining('Dana now has read-only access: nobody has this alert about Acme now.'),
  )
})

it('names to the admins who it was and what they held, each with "Assign", once', async () => {
  await danaIsViewer()
  await world.live('2026-11-02T09:00')
  await world.live('2026-11-02T09:10')

  const told = world.slack.dms(boss).filter(({ shown }) => shown.includes('Open again'))
  expect(told).toHaveLength(1)
  expect(told[0]?.shown).toContain('Dana now has read-only access. What they held is open again: 2 alerts.')
  expect(told[0]?.shown).toContain('Assign')
})

it('escalates from the start again, also to people it notified before', async () => {
  await danaIsViewer()
  await world.live('2026-11-02T09:00')
  await world.live('2026-11-02T10:30')
  expect(world.slack.dms(world.eve)).toEqual([])

  await world.live('2026-11-02T11:30')

  expect(world.slack.dms(world.eve).map(({ shown }) => shown)).toEqual([
    expect.stringContaining('Nobody has claimed this yet.'),
  ])
})

it('opens again what somebody holds who has left, or is deactivated wherever they are known', async () => {
  const { db } = world.connection
  await markAbsentLeft(db, new Set(['eve@ours.example', 'victor@ours.example']), world.now)
  await world.live('2026-11-02T09:00')
  await isOpenAgain()

  await world.has({
    people: [{ email: 'eve@ours.example', name: 'Eve', role: 'csm', userIds: { slack: world.eve.id } }],
  })
  await claims(world.eve)
  world.eve.isDeleted = true
  await world.live('2026-11-02T10:30')

  await isOpenAgain()
})

it('leaves with its holder what a new owner gets, shows the owner in every copy, and tells them once what is open', async () => {
  await world.has({ accounts: [{ id: 'acme', name: 'Acme', owner: 'eve@ours.example' }] })
  await world.live('2026-11-02T09:00')
  await world.live('2026-11-02T09:10')

  expect((await alerts()).map(({ claimed_by }) => claimed_by)).toEqual(['dana@ours.example', 'dana@ours.example'])
  expect(posts()[0]?.shown).toMatch(/Owner\*?\s*Eve/)
  const told = world.slack.dms(world.eve).filter(({ shown }) => shown.includes('Acme is yours now.'))
  expect(told).toHaveLength(1)
  expect(told[0]?.shown).toContain('Open: 3 alerts.')
  expect(told[0]?.shown).toContain('Claimed by Dana')
})

it('takes a confidential alert out of the messages of who owns the account no more', async () => {
  world.writeSettings({ 'routes.yaml': 'routes: [{to: [owner]}]' })
  await world.has({ accounts: [{ id: 'b', name: 'B', owner: 'dana@ours.example' }] })
  await world.has({
    signals: [
      'b seats 40 2026-10-01',
      'b active_users 36 2026-10-01',
      'b nps 100 2026-10-01',
      'b csm_pulse 5 2026-10-01',
    ],
  })
  await world.live('2026-11-03T06:00:05')
  await world.fall('b', '2026-11-03')
  await world.live('2026-11-04T06:00:05')
  const ofB = () => world.slack.dms(world.dana).filter(({ shown }) => shown.startsWith('B'))
  expect(ofB().map(({ shown }) => shown)).toContainEqual(expect.stringContaining('You say 5'))

  await world.has({ accounts: [{ id: 'b', name: 'B', owner: 'eve@ours.example' }] })
  await world.live('2026-11-04T09:00')

  expect(ofB().filter(({ shown }) => shown.includes('You say 5'))).toEqual([])
  expect(ofB().map(({ shown }) => shown)).toContainEqual(expect.stringContaining('is for its current owner'))
})

it('is a line of doctor while no service looks', async () => {
  await danaIsViewer()

  const settings = () => loadSettings(undefined)
  const [line] = complaintsOf(
    await examine(world.connection, { settings, environment: {}, platforms }, world.now),
  ).filter(({ about }) => about === 'holder')

  expect(line?.problem).toBe('Dana now has read-only access and still holds 2 alerts.')
})

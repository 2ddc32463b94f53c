import { afterEach, beforeEach, expect, it } from 'vitest'
import { DAY, HOUR } from '../../src/domain/time/instant.ts'
import { listCustomers } from '../../src/store/accounts/account-list.ts'
import { saveSignals } from '../../src/store/sources/signals.ts'
import { type AlertWorld, createAlertWorld } from '../support/alert-world.ts'
import type { User } from '../support/fake-slack/index.ts'
import { askAlone } from '../support/small-company.ts'
import { at } from '../support/world.ts'

/** Use of two days, which comes from a warehouse every night, and the pulse. */
const MODEL = `
name: small
components:
  - id: usage
    label: Usage
    weight: 80
    measures: [{id: logins, metric: logins, take: sum, over: 2d, when_empty: 0, scale: {0: 0, 10: 100}}]
  - id: relationship
    label: Relationship
    weight: 20
    measures: [{id: pulse, metric: csm_pulse, take: latest, over: 90d, scale: {1: 0, 5: 100}}]
metrics:
  logins: {label: Logins}
bands:
  - {id: at_risk, label: At risk, role: at_risk, from: 0}
  - {id: attention, label: Needs attention, role: attention, from: 40}
  - {id: healthy, label: Healthy, role: healthy, from: 70}
`

const IDS = ['a', 'b', 'c', 'd']

let world: AlertWorld
let boss: User

beforeEach(async () => {
  world = await createAlertWorld({
    accounts: IDS.map(id => ({ id, name: `Account ${id}`, owner: 'dana@ours.example' })),
    model: MODEL,
    routes: ({ id }) => `{admins: [boss@ours.example], routes: [{to: ["slack:${id}"]}]}`,
  })
  boss = world.slack.addUser('Boss', 'boss@ours.example')
  for (const day of [2, 3, 4, 5]) await night(day)
})

afterEach(() => world.close())

/** The nightly load of a day, and the scoring after it. */
async function night(day: number, logins: (id: string) => number = () => 5) {
  const observedAt = at(`2026-11-0${day}T00:00`)
  const customers = await listCustomers(world.connection.db)
  const rows = customers.map(({ key, id }) => ({
    account: key,
    metric: 'logins',
    value: logins(id),
    source: 'warehouse',
  }))
  await saveSignals(
    world.connection,
    rows.map(row => ({ ...row, observedAt, receivedAt: observedAt + HOUR, id: '' })),
  )
  await world.live(`2026-11-0${day}T06:00:05`)
}

const open = () =>
  world.connection.db.selectFrom('alerts').select(['account', 'kind']).where('state', '!=', 'resolved').execute()
const notices = () => world.slack.dms(boss).filter(({ shown }) => shown.includes('went silent'))

it('a nightly load that fails turns no account red: the admins hear of it once', async () => {
  await world.live('2026-11-08T06:00:05')
  await world.live('2026-11-09T06:00:05')

  expect(await open()).toEqual([])
  expect(notices()).toHaveLength(1)
  expect(notices()[0]?.shown).toContain(
    'No Logins from warehouse since Thursday 2026-11-05; it usually comes every day',
  )
})

it('once it is back, alerts that hold still open, and the others never were', async () => {
  await world.live('2026-11-08T06:00:05')
  await world.live('2026-11-09T06:00:05')

  await night(9, id => (id === 'a' ? 0 : 12))
  await world.live('2026-11-10T06:00:05')

  const alerts = await open()
  expect(new Set(alerts.map(({ account }) => account)).size).toBe(1)
  expect(alerts.map(({ kind }) => kind)).toContain('at_risk')
})

it('shows admins what comes in, and nobody else', async () => {
  const shown = await askAlone(world.slack, boss, '/health sources', world.room)

  expect(shown).toContain('1 source sent data in the last 7 days.')
  expect(shown).toContain('16 received · 0 rejected · 1 hour after it happened')
  expect(shown).toContain('2026-11-05: 4, 2026-11-04: 4')
  expect(shown).toContain('These are sent, and nothing reads them')
  expect(await askAlone(world.slack, world.dana, '/health sources', world.room)).toContain('you need the role admin')
})

it('a source that stopped long ago is still named', async () => {
  world.passTo(new Date(at('2026-11-05') + 20 * DAY).toISOString())

  expect(await askAlone(world.slack, boss, '/health sources', world.room)).toContain('No Logins from warehouse since')
})

import { afterEach, expect, it } from 'vitest'
import { type AlertWorld, createAlertWorld, settle } from '../support/alert-world.ts'
import { SMALL_MODEL } from '../support/small-model.ts'
import { PLAYBOOKS } from './tasks-world.ts'

let world: AlertWorld

afterEach(() => world.close())

const names = Array.from({ length: 6 }, (_, n) => `a${n}`)

it('tells of a storm of plays in one message a person, and puts each list in its thread when the alerts are sent after all', async () => {
  world = await createAlertWorld({
    accounts: names.map((id, n) => ({ id, name: id, owner: `${n % 2 ? 'dana' : 'eve'}@ours.example` })),
    routes: ({ id }) => `{storm: {alerts: 5}, routes: [{alerts: [at_risk, sharp_drop], to: ["slack:${id}"]}]}`,
    model: SMALL_MODEL + PLAYBOOKS,
  })
  for (const id of names) await world.fall(id, '2026-11-01')

  await world.live('2026-11-02T06:00:05')
  await world.live('2026-11-02T06:10')

  const { db } = world.connection
  expect(await db.selectFrom('playbook_runs').select('id').execute()).toHaveLength(6)
  expect(world.slack.messages(world.room).map(({ shown }) => shown.split('\n')[0])).toEqual(['Many alerts at once'])
  for (const person of [world.dana, world.eve]) {
    const [told, ...more] = world.slack.dms(person).map(({ shown }) => shown)
    expect(told).toContain('6 tasks started for you at once, about 3 accounts')
    expect(told).toContain('Find out who stopped, due Mon 2 Nov')
    expect(more).toEqual([])
  }

  const [summary] = world.slack.messages(world.room)
  if (summary === undefined) throw new Error('no summary')
  await world.slack.press(world.dana, summary, 'Send them all')
  await world.slack.until(() => world.slack.ephemerals(world.dana).at(0))
  await settle(world)

  const posts = world.slack.messages(world.room)
  const lists = posts.filter(({ shown }) => shown.includes('Usage fell'))
  expect(lists).toHaveLength(6)
  expect(lists.every(({ threadTs }) => threadTs !== undefined)).toBe(true)
})

it('tells of the plays of a quiet day one by one', async () => {
  world = await createAlertWorld({ model: SMALL_MODEL + PLAYBOOKS })
  await world.fall('acme', '2026-11-01')

  await world.live('2026-11-02T06:00:05')

  expect(world.slack.messages(world.room).filter(({ shown }) => shown.includes('Usage fell'))).toHaveLength(1)
  const { db } = world.connection
  const started = await db.selectFrom('audit').select('is_now').where('act', '=', 'play.start').execute()
  expect(started).toEqual([{ is_now: '"Usage fell" with 2 tasks' }])
})

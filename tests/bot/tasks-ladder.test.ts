import { afterEach, expect, it } from 'vitest'
import { acmeHas, live, tasksOf, tasksWorld } from './tasks-world.ts'

let given: Awaited<ReturnType<typeof tasksWorld>>

afterEach(() => given.world.close())

const routes = (room: string) => `
business_hours: {holidays: [2026-11-03]}
routes:
  - to: [owner]
    ladder: [{after: 1h, to: owner}, {after: 2h, to: "slack:${room}"}, {after: 3h, to: manager}]
`

async function fallen() {
  given = await tasksWorld(routes)
  await acmeHas(given.world, 2, '2026-11-01T20:00')
  await live(given.world, '2026-11-02T06:00:10')
  return given
}

const inRoom = () => given.world.slack.messages(given.room).map(({ shown }) => shown)

it('takes an unclaimed alert up the ladder in business hours, one rung at a time, each once', async () => {
  const { world, dana, mia } = await fallen()
  const before = world.slack.dms(dana).length
  await live(world, '2026-11-02T08:59')
  expect(world.slack.dms(dana)).toHaveLength(before)

  await live(world, '2026-11-02T10:00:30')
  await live(world, '2026-11-02T10:30')
  expect(world.slack.dms(dana).length).toBeGreaterThan(before)
  const afterFirst = world.slack.dms(dana).length

  await live(world, '2026-11-02T11:00:30')
  await live(world, '2026-11-02T12:00:30')
  await live(world, '2026-11-02T12:30')
  expect(world.slack.dms(dana)).toHaveLength(afterFirst)
  expect(inRoom().length).toBeGreaterThan(0)
  expect(new Set(inRoom()).size).toBe(inRoom().length)
  expect(world.slack.dms(mia).length).toBe(inRoom().length)
})

it('takes an overdue task up the same ladder, past a holiday, and stops once it is done', async () => {
  const { world, dana, mia } = await fallen()
  world.passTo('2026-11-02T09:30')
  await world.start()
  const alerts = await world.connection.db.selectFrom('alerts').selectAll().execute()
  await world.connection.db.updateTable('alerts').set({ state: 'claimed', claimed_by: dana.email }).execute()
  expect(alerts.length).toBeGreaterThan(0)
  await world.stop()
  const overdue = (user = dana) => world.slack.dms(user).filter(({ shown }) => shown.includes('Overdue for Acme'))

  await live(world, '2026-11-02T14:00:30')
  expect(overdue()).toHaveLength(1)
  await live(world, '2026-11-03T12:00')
  expect(overdue()).toHaveLength(1)
  await live(world, '2026-11-02T15:00:30')
  await live(world, '2026-11-04T09:00:30', true)
  expect(inRoom()).toEqual([expect.stringContaining('Overdue for Acme')])
  const task = (await tasksOf(world))[0]
  expect(task).toMatchObject({ title: 'Find out who stopped' })
  expect(overdue(mia)).toHaveLength(task?.rung === 3 ? 1 : 0)
})

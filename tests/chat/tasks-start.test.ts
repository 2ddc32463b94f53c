import { afterEach, beforeEach, expect, it } from 'vitest'
import { at } from '../support/world.ts'
import { acmeHas, live, tasksOf, tasksWorld } from './tasks-world.ts'

let given: Awaited<ReturnType<typeof tasksWorld>>

beforeEach(async () => {
  given = await tasksWorld()
})

afterEach(() => given.world.close())

it('starts one play for one drop, chosen by the component that fell, with due times in business hours', async () => {
  const { world } = given
  await acmeHas(world, 2, '2026-11-01T20:00')
  await live(world, '2026-11-02T06:00:10', true)

  const runs = await world.connection.db.selectFrom('playbook_runs').selectAll().execute()
  expect(runs).toMatchObject([{ playbook: 'usage-fell' }])
  expect(await tasksOf(world)).toMatchObject([
    { title: 'Find out who stopped', assignee: 'dana@ours.example', state: 'open', due_at: at('2026-11-02T13:00') },
    { title: 'Run an extra onboarding session', due_at: at('2026-11-05T09:00') },
  ])
})

it('posts the tasks once, in the thread of the alert', async () => {
  const { world, dana } = given
  await acmeHas(world, 2, '2026-11-01T20:00')
  await live(world, '2026-11-02T06:00:10')
  await live(world, '2026-11-02T07:00')

  const lists = world.slack.dms(dana).filter(({ shown }) => shown.includes('Find out who stopped'))
  expect(lists).toHaveLength(1)
  const [list] = lists
  const heads = world.slack.dms(dana).filter(({ ts }) => ts === list?.threadTs)
  expect(heads.map(({ shown }) => shown).join()).toContain('Acme')
})

it('starts nothing at the silent baseline, for a level that held already, or for a play without tasks', async () => {
  const { world } = given
  await live(world, '2026-11-02T06:00:10')
  await live(world, '2026-11-03T06:00:10', true)

  expect(await tasksOf(world)).toEqual([])
})

it('sends the tasks of an entered level to the one whose role it is', async () => {
  await given.world.close()
  given = await tasksWorld(undefined, 22)
  const { world, mia } = given
  await acmeHas(world, 19, '2026-11-01T20:00')
  await live(world, '2026-11-02T06:00:10')

  expect(world.slack.dms(mia).map(({ shown }) => shown)).toEqual([expect.stringContaining('Name the top driver')])
})

it('starts nothing new while the same fall goes on', async () => {
  const { world } = given
  await acmeHas(world, 2, '2026-11-01T20:00')
  await live(world, '2026-11-02T06:00:10')
  await acmeHas(world, 0, '2026-11-02T20:00')
  await live(world, '2026-11-03T06:00:10')
  await live(world, '2026-11-04T06:00:10', true)

  expect(await world.connection.db.selectFrom('playbook_runs').selectAll().execute()).toHaveLength(1)
})

import { afterEach, expect, it } from 'vitest'
import type { User } from '../support/fake-slack/index.ts'
import { acmeHas, live, tasksOf, tasksWorld } from './tasks-world.ts'

let given: Awaited<ReturnType<typeof tasksWorld>>

afterEach(() => given.world.close())

const routes = (room: string) => `
business_hours: {holidays: [2026-11-03]}
routes:
  - alerts: [at_risk, sharp_drop]
    to: [owner]
    escalation: [{after: 1h, to: owner}, {after: 2h, to: "slack:${room}"}, {after: 3h, to: manager}]
`

/** Acme falls on a Sunday evening; the scoring of Monday at six finds it, and Dana hears of it. */
async function fallen() {
  given = await tasksWorld(routes)
  await acmeHas(given.world, 2, '2026-11-01T20:00')
  await live(given.world, '2026-11-02T06:00:10')
  return given
}

const NOBODY = 'Nobody has claimed this yet.'
const saying = (words: string) => {
  const { world, room, dana, mia } = given
  const count = (messages: readonly { shown: string }[]) => messages.filter(({ shown }) => shown.includes(words)).length
  const dms = (user: User) => count(world.slack.dms(user))
  return { dana: dms(dana), room: count(world.slack.messages(room)), mia: dms(mia) }
}

it('takes an unclaimed alert up the escalation in business hours, one step at a time, each once', async () => {
  const { world } = await fallen()
  const at = async (time: string) => {
    await live(world, time)
    return saying(NOBODY)
  }

  // The hours count from nine.
  expect(await at('2026-11-02T09:59')).toEqual({ dana: 0, room: 0, mia: 0 })
  expect(await at('2026-11-02T10:00:30')).toEqual({ dana: 1, room: 0, mia: 0 })
  expect(await at('2026-11-02T10:59')).toEqual({ dana: 1, room: 0, mia: 0 })
  expect(await at('2026-11-02T11:00:30')).toEqual({ dana: 1, room: 1, mia: 0 })
  expect(await at('2026-11-02T11:30')).toEqual({ dana: 1, room: 1, mia: 0 })
  expect(await at('2026-11-02T12:00:30')).toEqual({ dana: 1, room: 1, mia: 1 })
  expect(await at('2026-11-02T17:00')).toEqual({ dana: 1, room: 1, mia: 1 })
})

it('wakes nobody for an alert that somebody has claimed', async () => {
  const { world, dana } = await fallen()
  await live(world, '2026-11-02T06:05', true)
  await world.connection.db.updateTable('alerts').set({ state: 'claimed', claimed_by: dana.email }).execute()
  await world.stop()

  await live(world, '2026-11-02T17:00')

  expect(saying(NOBODY)).toEqual({ dana: 0, room: 0, mia: 0 })
})

/** Dana holds the alert, so that the task alone escalates; due at one o'clock, it is not done by half past three. */
async function overdueOnMonday() {
  const { world, dana } = await fallen()
  await live(world, '2026-11-02T06:05', true)
  await world.connection.db.updateTable('alerts').set({ state: 'claimed', claimed_by: dana.email }).execute()
  await world.stop()
  await live(world, '2026-11-02T13:59')
  expect(saying('Overdue for Acme')).toEqual({ dana: 0, room: 0, mia: 0 })
  await live(world, '2026-11-02T14:00:30')
  expect(saying('Overdue for Acme')).toEqual({ dana: 1, room: 0, mia: 0 })
  await live(world, '2026-11-02T15:30')
  expect(saying('Overdue for Acme')).toEqual({ dana: 1, room: 1, mia: 0 })
}

it('takes an overdue task up the same escalation, past a holiday', async () => {
  await overdueOnMonday()

  await live(given.world, '2026-11-03T12:00')
  expect(saying('Overdue for Acme')).toEqual({ dana: 1, room: 1, mia: 0 })
  await live(given.world, '2026-11-04T09:00:30')

  expect(saying('Overdue for Acme')).toEqual({ dana: 1, room: 1, mia: 1 })
})

it('wakes nobody for a task that was done meanwhile', async () => {
  await overdueOnMonday()
  await live(given.world, '2026-11-02T15:40', true)
  expect((await tasksOf(given.world))[0]).toMatchObject({ title: 'Find out who stopped', escalation_step: 2 })
  await given.world.connection.db.updateTable('tasks').set({ state: 'done' }).execute()
  await given.world.stop()

  await live(given.world, '2026-11-04T09:00:30')

  expect(saying('Overdue for Acme')).toEqual({ dana: 1, room: 1, mia: 0 })
})

import { afterEach, expect, it } from 'vitest'
import { type AlertWorld, createAlertWorld, done, settle } from '../support/alert-world.ts'
import type { Message, User } from '../support/fake-slack/index.ts'
import { answered, pressed } from '../support/small-company.ts'
import { SMALL_MODEL } from '../support/small-model.ts'
import { PLAYBOOKS } from './tasks-world.ts'

let world: AlertWorld

afterEach(() => world.close())

/** Acme has fallen, with two alerts and the two tasks of a play; Dana holds it. */
async function held() {
  world = await createAlertWorld({ model: SMALL_MODEL + PLAYBOOKS })
  await world.fall('acme', '2026-11-01')
  await world.live('2026-11-02T06:00:05')
  await pressed(world.slack, world.dana, post(), 'Claim')
  await settle(world)
}

const post = (): Message => firstOf(world.slack.messages(world.room))
const tasks = () => {
  const found = world.slack.messages(world.room).filter(({ shown }) => shown.includes('Find out who stopped'))
  return firstOf(found)
}
const states = async (table: 'alerts' | 'tasks') => {
  const rows = await world.connection.db.selectFrom(table).select('state').orderBy('id').execute()
  return rows.map(({ state }) => state)
}
const shared = async () => {
  const rows = world.connection.db.selectFrom('alerts').select(['kind', 'state', 'claimed_by', 'resolution'])
  return (await rows.where('kind', '!=', 'pulse_divergence').orderBy('kind').execute()).map(row => Object.values(row))
}
const acts = async () => {
  const rows = await world.connection.db.selectFrom('audit').select('act').orderBy('id').execute()
  return rows.map(({ act }) => act)
}
const sentenceTo = async (user: User, message: Message, button: string) =>
  (await answered(world.slack, user, () => world.slack.press(user, message, button))).shown

async function submit(user: User, message: Message, button: string, values: Record<string, string>) {
  await world.slack.press(user, message, button)
  const form = await world.slack.until(() => world.slack.modal(user))
  await world.slack.submit(user, form, values)
  await done(world)
  await settle(world)
}

it('takes back what somebody resolved, on the message itself, and shows it in every copy', async () => {
  await held()
  const before = await shared()
  await submit(world.dana, post(), 'Resolve', { reason: 'A holiday.' })
  expect(await shared()).not.toEqual(before)

  await pressed(world.slack, world.dana, post(), 'Undo')
  await settle(world)

  expect(await shared()).toEqual(before)
  expect(post().shown).toContain('Claimed by Dana')
  expect(post().shown).not.toContain('Undo')
  expect((await acts()).at(-1)).toBe('alert.undo')
})

it('takes back a snooze', async () => {
  await held()
  await submit(world.dana, post(), 'Snooze', { wakes: 'day', day: '2026-11-20' })
  expect(post().shown).toContain('Snoozed until 2026-11-20')

  await pressed(world.slack, world.dana, post(), 'Undo')

  expect(post().shown).toContain('Claimed by Dana since')
})

it('takes back a task that was done or skipped, above one’s own list too', async () => {
  await held()
  await pressed(world.slack, world.dana, tasks(), 'Done')
  expect(await states('tasks')).toContain('done')
  await pressed(world.slack, world.dana, tasks(), 'Undo')
  expect(await states('tasks')).toEqual(['open', 'open'])

  const own = await answered(world.slack, world.dana, () =>
    world.slack.command(world.dana, '/health tasks', world.room),
  )
  await pressed(world.slack, world.dana, own, 'Done')
  expect(own.shown).toContain('"Find out who stopped" for Acme.')
  expect(own.shown).toContain('1 open task')
  await pressed(world.slack, world.dana, own, 'Undo')

  expect(own.shown).toContain('2 open tasks')
  expect(await states('tasks')).toEqual(['open', 'open'])
})

it('is for the one who did it, and for ten minutes', async () => {
  await held()
  await pressed(world.slack, world.dana, tasks(), 'Done')

  expect(await sentenceTo(world.eve, tasks(), 'Undo')).toContain('Dana did this, and only Dana can undo it.')
  expect(await sentenceTo(world.victor, tasks(), 'Undo')).toContain('you need the role csm')
  const old = structuredClone(tasks())
  world.passTo(new Date(world.now + 10 * 60_000).toISOString())
  expect(await sentenceTo(world.dana, old, 'Undo')).toContain('Undo works for 10 minutes, and those have passed.')

  await world.tick()
  await settle(world)
  expect(tasks().shown).not.toContain('Undo')
  expect(await states('tasks')).toContain('done')
})

it('takes back nothing that has changed since', async () => {
  await held()
  await submit(world.dana, post(), 'Snooze', { wakes: 'day', day: '2026-11-20' })
  const old = structuredClone(post())
  await submit(world.eve, post(), 'Resolve', { reason: 'They called.' })

  expect(await sentenceTo(world.dana, old, 'Undo')).toContain('This has changed since, so it cannot be undone.')
  expect((await shared())[0]).toContain('resolved')
})

it('is done once, however often it is pressed at once', async () => {
  await held()
  await submit(world.dana, post(), 'Resolve', { reason: 'A holiday.' })
  const old = structuredClone(post())

  await Promise.all([1, 2, 3, 4].map(() => world.slack.press(world.dana, old, 'Undo')))
  await done(world)

  expect((await acts()).filter(act => act === 'alert.undo')).toHaveLength(1)
})

function firstOf<T>([first]: readonly T[]): T {
  if (first === undefined) throw new Error('there is none')
  return first
}

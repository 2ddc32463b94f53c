import { afterEach, beforeEach, expect, it } from 'vitest'
import { done } from '../support/alert-world.ts'
import type { User } from '../support/fake-slack/index.ts'
import { pressed } from '../support/small-company.ts'
import { acmeHas, live, settled, tasksOf, tasksWorld } from './tasks-world.ts'

let given: Awaited<ReturnType<typeof tasksWorld>>

beforeEach(async () => {
  given = await tasksWorld()
  await acmeHas(given.world, 2, '2026-11-01T20:00')
  await live(given.world, '2026-11-02T06:00:10', true)
})

afterEach(() => given.world.close())

const list = () => {
  const { world, dana } = given
  const found = world.slack.dms(dana).find(({ shown }) => shown.includes('Find out who stopped'))
  if (found === undefined) throw new Error('no list of tasks')
  return found
}

const answersTo = (user: User) => given.world.slack.ephemerals(user).map(({ shown }) => shown)

async function ask(user: User, text: string) {
  const { world, room } = given
  const before = answersTo(user).length
  await world.slack.command(user, text, room)
  await world.slack.until(() => answersTo(user).length > before)
  const answer = world.slack.ephemerals(user).at(-1)
  if (answer === undefined) throw new Error('no answer')
  return answer
}

it('acknowledges once, shows it in every copy, and tells the second who was first', async () => {
  const { world, dana, eve } = given

  await Promise.all([world.slack.press(dana, list(), 'Acknowledge'), world.slack.press(eve, list(), 'Acknowledge')])

  await done(world)
  await settled(world)
  expect([...answersTo(dana), ...answersTo(eve)]).toEqual([])
  expect(list().shown).toContain('● Dana is on it')
  const audit = await world.connection.db.selectFrom('audit').select('act').where('act', 'like', 'task.%').execute()
  expect(audit).toEqual([{ act: 'task.acknowledge' }])
})

it('ends a task with what came of it', async () => {
  const { world, dana } = given
  const [first] = await tasksOf(world)
  await world.slack.press(dana, list(), 'Done, with a note')
  const form = await world.slack.until(() => world.slack.modal(dana))

  await world.slack.submit(dana, form, { task: first?.id ?? '', note: 'Two teams moved to another tool.' })

  await world.slack.until(async () => (await tasksOf(world))[0]?.state === 'done')
  await settled(world)
  expect(list().shown).toContain('Done: Two teams moved to another tool.')
  expect((await ask(dana, '/health tasks')).shown).not.toContain('Find out who stopped')
})

it('is done with one press, and offers to resolve the alert once nothing is left', async () => {
  const { world, dana } = given
  const own = await ask(dana, '/health tasks')

  await pressed(world.slack, dana, own, 'Done')
  expect(own.shown).toContain('*Done* "Find out who stopped" for Acme.')
  expect(own.shown).not.toContain('Resolve the alert')
  await pressed(world.slack, dana, own, 'Done')

  expect(own.shown).toContain('Resolve the alert')
  expect((await tasksOf(world)).map(({ state }) => state)).toEqual(['done', 'done'])
  await settled(world)
  expect(list().shown).toContain('Resolve the alert')
})

it('skips a task only with a reason', async () => {
  const { world, dana } = given
  const [first] = await tasksOf(world)
  await world.slack.press(dana, list(), 'Skip')
  const form = await world.slack.until(() => world.slack.modal(dana))

  await world.slack.submit(dana, form, { task: first?.id ?? '', note: ' ' })

  expect(JSON.stringify(form.errors)).toContain('why it is skipped')
  expect((await tasksOf(world))[0]?.state).toBe('open')
})

it('gives a task to somebody else, who hears of it', async () => {
  const { world, dana, eve } = given
  const [first] = await tasksOf(world)
  await world.slack.press(dana, list(), 'Reassign')
  const form = await world.slack.until(() => world.slack.modal(dana))

  await world.slack.submit(dana, form, { task: first?.id ?? '', to: 'eve@ours.example' })

  await settled(world)
  expect(world.slack.dms(eve).map(({ shown }) => shown)).toEqual([expect.stringContaining('Find out who stopped')])
  expect(list().shown).toContain('Eve · due')
  expect((await ask(eve, '/health tasks')).shown).toContain('1 open task.')
})

it('refuses a viewer, naming the role that may', async () => {
  const { world, victor } = given

  await world.slack.press(victor, list(), 'Acknowledge')

  const { shown } = await world.slack.until(() => world.slack.ephemerals(victor).at(0))
  expect(shown).toContain('To change a task you need the role csm')
})

it('lists overdue tasks first, and says so', async () => {
  const { world, dana } = given
  world.passTo('2026-11-03T10:00')

  const { shown } = await ask(dana, '/health tasks')

  expect(shown).toContain('2 open tasks, 1 overdue')
  expect(shown.indexOf('Find out who stopped')).toBeLessThan(shown.indexOf('Run an extra onboarding session'))
  expect(shown).toContain('overdue, was due Mon')
})

it('adds a task by hand, once, however often the form is sent', async () => {
  const { world, eve } = given
  await world.slack.press(eve, await ask(eve, '/health tasks acme'), 'Add task')
  const form = await world.slack.until(() => world.slack.modal(eve))
  const values = { title: 'Send the new price list', to: 'dana@ours.example', due: '1bd' }

  await Promise.all([world.slack.submit(eve, form, values), world.slack.submit(eve, form, values)])

  await settled(world)
  expect((await tasksOf(world)).filter(({ title }) => title === 'Send the new price list')).toHaveLength(1)
  expect(world.slack.dms(given.dana).filter(({ shown }) => shown.includes('new price list'))).toHaveLength(1)
})

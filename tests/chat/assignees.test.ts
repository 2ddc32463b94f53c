import { afterEach, beforeEach, expect, it } from 'vitest'
import { type AlertWorld, createAlertWorld, done } from '../support/alert-world.ts'

let world: AlertWorld

beforeEach(async () => {
  world = await createAlertWorld({
    routes: room => `{admins: [Ada@ours.example], routes: [{to: ["slack:${room.id}"]}]}`,
  })
  await world.fall('acme', '2026-11-01')
  await world.live('2026-11-02T06:00:05')
})

afterEach(() => world.close())

const holders = async () => {
  const alerts = await world.connection.db.selectFrom('alerts').select('claimed_by').execute()
  return [...new Set(alerts.map(({ claimed_by }) => claimed_by))]
}

async function openAssign() {
  const [post] = world.slack.messages(world.room)
  if (post === undefined) throw new Error('no post')
  await world.slack.press(world.dana, post, 'Assign to…')
  return world.slack.until(() => world.slack.modal(world.dana))
}

async function openAddTask() {
  const before = world.slack.ephemerals(world.dana).length
  await world.slack.command(world.dana, '/health tasks acme', world.room)
  const answer = await world.slack.until(() => world.slack.ephemerals(world.dana).at(before))
  await world.slack.press(world.dana, answer, 'Add task')
  return world.slack.until(() => world.slack.modal(world.dana))
}

const eve = { email: 'eve@ours.example', name: 'Eve', role: 'viewer' }

it.each([
  ['only looks on by now', () => world.has({ people: [eve] }), /Eve is a viewer, who can only read\. Choose .* csm or/],
  [
    'is gone by now',
    () => world.connection.db.deleteFrom('people').where('email', '=', eve.email).execute(),
    /I do not know .*eve@ours\.example.*\. Choose .* csm or admin/,
  ],
])('gives no alert to somebody who %s, and says who may have it', async (_, happens, remedy) => {
  const alert = await openAssign()
  await happens()

  await world.slack.submit(world.dana, alert, { to: eve.email })

  expect(JSON.stringify(alert.errors)).toMatch(remedy)
  expect(await holders()).toEqual([null])
})

it('refuses a task for somebody who may not have it, in the form', async () => {
  const task = await openAddTask()
  await world.has({ people: [eve] })

  await world.slack.submit(world.dana, task, { title: 'Send the price list', to: eve.email, due: '1bd' })

  expect(JSON.stringify(task.errors)).toContain('Eve is a viewer')
  expect(await world.connection.db.selectFrom('tasks').select('id').execute()).toEqual([])
})

it('offers only those who may, the admins of the settings too', async () => {
  const form = await openAssign()

  const offered = JSON.stringify(form.view)
  expect(offered).toContain('dana@ours.example')
  expect(offered).not.toContain('victor@ours.example')
  await world.slack.submit(world.dana, form, { to: 'ada@ours.example' })

  await done(world)
  expect(await holders()).toContain('ada@ours.example')
})

const many = Array.from({ length: 150 }, (_, n) => ({
  email: `zoe${n}@ours.example`,
  name: `Zoë Müller ${n}`,
  role: n === 7 ? 'viewer' : 'csm',
}))

it('finds one of more than a hundred by name while it is typed, and nobody who may not', async () => {
  await world.has({ people: many })

  for (const open of [openAssign, openAddTask]) {
    const form = await open()
    expect(await world.slack.type(world.dana, form, 'to', 'mueller 149')).toMatchObject({
      'zoe149@ours.example': 'Zoë Müller 149 (zoe149@ours.example)',
    })
    expect(await world.slack.type(world.dana, form, 'to', 'muller 7')).not.toHaveProperty('zoe7@ours.example')
  }
})

it('gives the alert to the one who was looked up', async () => {
  await world.has({ people: many })
  const form = await openAssign()
  await world.slack.type(world.dana, form, 'to', 'zoe149')
  await world.slack.submit(world.dana, form, { to: 'zoe149@ours.example' })

  await done(world)
  expect(await holders()).toContain('zoe149@ours.example')
})

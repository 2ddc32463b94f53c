import { expect, vi } from 'vitest'
import { SMALL_MODEL, signalsOf } from '../support/small-model.ts'
import { createWorld, type World } from '../support/world.ts'

export const PLAYBOOKS = `
playbooks:
  - id: review
    label: Urgent review
    on: {below: 50}
    tasks:
      - {title: Call the customer, role: csm, due: 1bd}
      - {title: Agree on a recovery plan, role: csm, due: 5bd}
  - id: usage-fell
    label: Usage fell
    on: {alert: sharp_drop, driver: usage}
    tasks:
      - {title: Find out who stopped, role: csm, due: 4h}
      - {title: Run an extra onboarding session, role: csm, due: 3bd}
  - id: check-in
    label: Check-in
    on: {between: [50, 70]}
    tasks: [{title: Name the top driver, role: manager, due: 2bd}]
  - {id: fine, on: {above: 80}, no_action: Nothing is to be done by design.}
`

/** Acme of Dana, whose manager is Mia; Monday, 2 November 2026 is the day on which it may fall. */
export async function tasksWorld(routes: (room: string) => string = () => 'routes: [{to: [owner]}]', users = 36) {
  const world = await createWorld({ now: '2026-11-01T05:00', files: { 'model.yaml': SMALL_MODEL + PLAYBOOKS } })
  const room = world.slack.addChannel('cs')
  world.writeSettings({ 'routes.yaml': routes(room.id) })
  const [dana, eve, mia, victor] = ['Dana', 'Eve', 'Mia', 'Victor'].map(name => world.slack.addUser(name))
  if (!(dana && eve && mia && victor)) throw new Error('nobody is there')
  const person = (name: string, more = {}) => ({
    email: `${name.toLowerCase()}@ours.example`,
    name,
    role: 'csm',
    ...more,
  })
  await world.has({
    people: [person('Dana', { manager: 'mia@ours.example' }), person('Eve'), person('Mia')],
    accounts: [{ id: 'acme', name: 'Acme', owner: 'dana@ours.example' }],
    signals: signalsOf('acme', users, '2026-10-01'),
  })
  await live(world, '2026-11-01T05:00')
  await live(world, '2026-11-01T06:00:10')
  return { world, room, dana, eve, mia, victor }
}

/** The service comes up, looks at all that is due, says what there is to say, and goes down again unless told to stay. */
export async function live(world: World, time: string, andStays = false) {
  world.passTo(time)
  await world.start()
  await world.tick()
  await settled(world)
  if (!andStays) await world.stop()
}

/** Waits until every slot was looked at, and nothing is pending anymore. */
export async function settled(world: World) {
  const { db } = world.connection
  let calm = 0
  await vi.waitFor(
    async () => {
      const due = await db.selectFrom('schedules').select('name').where('next_due_at', '<=', world.now).execute()
      const unsent = await db
        .selectFrom('outbox')
        .select('id')
        .where(({ eb, or, ref }) => or([eb('state', '!=', 'sent'), eb('version', '>', ref('shown_version'))]))
        .execute()
      const unannounced = await db.selectFrom('alerts').select('id').where('pending_news', 'is not', null).execute()
      const known = await db.selectFrom('schedules').select('name').execute()
      if (unsent.length > 0) world.passTo(new Date(world.now + 1_000).toISOString())
      calm = due.length + unsent.length + unannounced.length === 0 && known.length > 0 ? calm + 1 : 0
      expect(calm).toBeGreaterThan(3)
    },
    { timeout: 20_000 },
  )
}

/** Acme loses nearly all users, or a few. */
export async function acmeHas(world: World, users: number, day: string) {
  await world.has({ signals: [`acme active_users ${users} ${day}`] })
}

export const tasksOf = (world: World) =>
  world.connection.db.selectFrom('tasks').selectAll().orderBy('due_at').orderBy('id').execute()

import type { Channel, User } from '../../tests/support/fake-slack/index.ts'
import { SMALL_MODEL, signalsOf } from '../../tests/support/small-model.ts'
import { until } from '../../tests/support/until.ts'
import { createWorld, type World } from '../../tests/support/world.ts'

export type Company = { readonly world: World; readonly room: Channel; readonly dana: User }

const PLAY = `
playbooks:
  - id: usage-fell
    label: Usage fell
    on: {alert: sharp_drop, driver: usage}
    tasks:
      - {title: Find out who stopped, role: csm, due: 4h}
      - {title: Run an extra onboarding session, role: csm, due: 3bd}
`

/** Dana's 17 accounts; one of them has fallen this morning, and its alerts and two tasks stand in the channel. */
export async function openCompany(): Promise<Company> {
  const world = await createWorld({ now: '2026-11-01T05:00', files: { 'model.yaml': SMALL_MODEL + PLAY } })
  const room = world.slack.addChannel('cs')
  const dana = world.slack.addUser('Dana')
  world.writeSettings({ 'routes.yaml': `admins: [${dana.email}]\nroutes: [{to: ["slack:${room.id}"]}]` })
  const ids = ['acme', ...Array.from({ length: 16 }, (_, n) => `account-${n + 1}`)]
  await world.has({
    people: [{ email: dana.email, name: 'Dana', role: 'csm' }],
    accounts: ids.map(id => ({ id, name: id === 'acme' ? 'Acme' : `Account ${id.slice(8)}`, owner: dana.email })),
    signals: ids.flatMap(id => signalsOf(id, 36, '2026-10-01')),
  })
  await live(world, '2026-11-01T05:00')
  await live(world, '2026-11-01T06:00:05')
  await world.has({ signals: ['acme active_users 2 2026-11-01T20:00', 'acme nps -20 2026-11-01T20:00'] })
  await live(world, '2026-11-02T06:00:05')
  return { world, room, dana }
}

/** Passes to a time, and lives until all that is due then was said. */
async function live(world: World, time: string): Promise<void> {
  await world.stop()
  world.passTo(time)
  await world.start()
  await world.tick()
  await settled(world)
}

/** Until nothing waits to be sent. */
export async function settled(world: World): Promise<void> {
  await until(async () => {
    const { db } = world.connection
    const unsaid = await db.selectFrom('alerts').select('id').where('pending_news', 'is not', null).execute()
    const unsent = await db
      .selectFrom('outbox')
      .select('id')
      .where(({ eb, or, ref }) =>
        or([eb('state', 'in', ['pending', 'sending']), eb('version', '>', ref('shown_version'))]),
      )
      .execute()
    if (unsent.length > 0) world.passTo(new Date(world.now + 1_100).toISOString())
    return unsaid.length + unsent.length === 0
  })
}

import { vi } from 'vitest'
import type { Channel, User } from './fake-slack/index.ts'
import { SMALL_MODEL, signalsOf } from './small-model.ts'
import { createWorld, type World } from './world.ts'

type Options = {
  readonly accounts?: readonly { id: string; name?: string; [attribute: string]: string | undefined }[]
  readonly routes?: (room: Channel) => string
  readonly model?: string
}

export type AlertWorld = World & {
  readonly room: Channel
  readonly dana: User
  readonly eve: User
  readonly victor: User
  live(time: string): Promise<void>
  fall(account: string, day: string): Promise<void>
}

const TO_ROOM = (room: Channel) => `routes: [{to: ["slack:${room.id}"]}]`

/** Healthy accounts, scored once on 1 November; Dana and Eve are CSMs, Victor looks on. */
export async function createAlertWorld({
  accounts = [{ id: 'acme', name: 'Acme', owner: 'dana@ours.example' }],
  routes = TO_ROOM,
  model = SMALL_MODEL,
}: Options = {}): Promise<AlertWorld> {
  const world = await createWorld({ now: '2026-11-01T05:00', files: { 'model.yaml': model } })
  const room = world.slack.addChannel('cs')
  const [dana, eve, victor] = ['Dana', 'Eve', 'Victor'].map(name => world.slack.addUser(name)) as [User, User, User]
  world.writeSettings({ 'routes.yaml': routes(room) })
  await world.has({
    people: [
      { email: 'dana@ours.example', name: 'Dana', role: 'csm' },
      { email: 'eve@ours.example', name: 'Eve', role: 'csm' },
      { email: 'victor@ours.example', name: 'Victor', role: 'viewer' },
    ],
    accounts,
    signals: accounts.flatMap(({ id }) => signalsOf(id, 36, '2026-10-01')),
  })

  /** Passes to a time, lives until everything due is scored and said, and stays up. */
  async function live(time: string): Promise<void> {
    await world.stop()
    world.passTo(time)
    await world.start()
    await world.tick()
    await settle(world)
  }

  await live('2026-11-01T05:00')
  await live('2026-11-01T06:00:05')
  return Object.assign(world, {
    room,
    dana,
    eve,
    victor,
    live,
    fall: (account: string, day: string) =>
      world.has({ signals: [`${account} active_users 2 ${day}T20:00`, `${account} nps -100 ${day}T20:00`] }),
  })
}

/** Until everything that people pressed and sent was done. */
export async function done({ connection, slack }: World): Promise<void> {
  const left = () => connection.db.selectFrom('handled_deliveries').select('delivery').where('request', 'is not', null)
  await slack.until(async () => (await left().execute()).length === 0)
}

/** Until what people did is done, and nothing is due, unannounced or unsent; what waits for its turn is let wait. */
export async function settle(world: World): Promise<void> {
  await done(world)
  await vi.waitFor(
    async () => {
      const { db } = world.connection
      const due = await db.selectFrom('schedules').select('name').where('next_due_at', '<=', world.now).execute()
      const news = await db.selectFrom('due_accounts').select('account').execute()
      const unannounced = await db.selectFrom('alerts').select('id').where('pending_news', 'is not', null).execute()
      const unsent = await db
        .selectFrom('outbox')
        .select('state')
        .where('state', 'not in', ['held', 'resting', 'told'])
        .where(({ eb, or, ref }) =>
          or([eb('state', 'in', ['pending', 'sending']), eb('version', '>', ref('shown_version'))]),
        )
        .execute()
      // What is under way needs no more time, however long this machine takes over it.
      const waits = unsent.length > 0 && unsent.every(({ state }) => state !== 'sending')
      if (waits) {
        world.passTo(new Date(world.now + 1_100).toISOString())
        world.wakeSender()
      }
      const known = await db.selectFrom('schedules').select('name').execute()
      const facts = { due: due.length, news: news.length, unannounced: unannounced.length, unsent: unsent.length }
      if (Object.values(facts).some(count => count > 0) || known.length === 0)
        throw new Error(JSON.stringify({ ...facts, states: unsent }))
    },
    // A slot that failed, since the database was starved, runs again after twenty seconds.
    { timeout: 60_000, interval: 10 },
  )
}

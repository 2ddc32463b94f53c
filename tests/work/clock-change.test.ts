import { afterEach, expect, it } from 'vitest'
import { settled } from '../chat/tasks-world.ts'
import { MORNING_DIGEST, SMALL_MODEL, signalsOf } from '../support/small-model.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World

afterEach(() => world.close())

/** The whole service, looked at every half an hour of five days around the change of clocks, and restarted each day. */
it.each([
  ['Europe/Berlin, which loses 02:30', 'Europe/Berlin', '2026-03-27', '02:30'],
  ['Europe/Berlin, which has 02:30 twice', 'Europe/Berlin', '2026-10-23', '02:30'],
  ['America/New_York, which has 01:30 twice', 'America/New_York', '2026-10-30', '01:30'],
  ['Australia/Lord_Howe, which loses half an hour', 'Australia/Lord_Howe', '2026-10-02', '02:15'],
])(
  'sends one digest and scores once on each day in %s',
  async (_, zone, from, time) => {
    const start = Date.parse(`${from}T00:00:00Z`)
    world = await createWorld({ now: new Date(start).toISOString(), files: { 'model.yaml': SMALL_MODEL } })
    const room = world.slack.addChannel('cs')
    const [hour, minute] = time.split(':').map(Number)
    const timing = `schedule: "${minute} ${hour} * * *", time_zone: ${zone}`
    world.writeSettings({
      'routes.yaml': `scoring: {${timing}}`,
      'digests.yaml': MORNING_DIGEST(room.id).replace('schedule: "0 9 * * *", time_zone: UTC', timing),
    })
    await world.has({ accounts: [{ id: 'acme' }], signals: signalsOf('acme', 20, from) })
    const day = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' })

    for (let halfHour = 0; halfHour < 5 * 48; halfHour += 1) {
      world.passTo(new Date(start + halfHour * 1_800_000 + 5_000).toISOString())
      if (halfHour % 48 === 0) {
        await world.stop()
        await world.start()
      }
      await world.tick()
    }
    await settled(world)

    const slots = await world.connection.db.selectFrom('slots').selectAll().orderBy('slot').execute()
    for (const schedule of ['scoring', 'digest:morning']) {
      const days = slots.filter(slot => slot.schedule === schedule).map(({ slot }) => day.format(slot))
      expect(days.length).toBeGreaterThanOrEqual(4)
      expect(days).toEqual([...new Set(days)])
      expect(days.map(text => Date.parse(text) - Date.parse(days[0] ?? ''))).toEqual(days.map((_, n) => n * 86_400_000))
    }
    expect(slots.filter(({ state }) => state !== 'done')).toEqual([])
    const digests = slots.filter(({ schedule }) => schedule === 'digest:morning')
    expect(world.slack.messages(room)).toHaveLength(digests.length)
  },
  120_000,
)

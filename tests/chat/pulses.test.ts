import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { settle } from '../support/alert-world.ts'
import type { Channel, Message, User } from '../support/fake-slack/index.ts'
import { SMALL_MODEL, signalsOf } from '../support/small-model.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
let dana: User
let room: Channel

const OWNED = { owner: 'dana@ours.example' }
const NEWS_OF_GLOBEX = ['globex csm_pulse 4 2026-10-28', 'globex meeting 1 2026-10-30']

beforeEach(async () => {
  world = await createWorld({ now: '2026-11-02T08:00', files: { 'model.yaml': SMALL_MODEL } })
  dana = world.slack.addUser('Dana', 'dana@ours.example')
  room = world.slack.addChannel('cs')
  await world.has({
    people: [
      { email: 'dana@ours.example', name: 'Dana', role: 'csm', time_zone: 'Europe/Berlin' },
      { email: 'eve@ours.example', name: 'Eve', role: 'csm' },
    ],
    accounts: [
      { id: 'acme', name: 'Acme', ...OWNED },
      { id: 'globex', name: 'Globex', ...OWNED },
      { id: 'initech', name: 'Initech', ...OWNED },
    ],
    signals: [
      ...['acme', 'initech'].flatMap(id => signalsOf(id, 4, '2026-10-20')),
      ...signalsOf('globex', 4, '2026-09-01'),
    ],
  })
})

afterEach(() => world.close())

const reminders = () => world.slack.dms(dana).filter(({ shown }) => shown.includes('pulse'))

/** Lives at a time until everything due is done and said. */
async function live(time: string) {
  await world.stop()
  world.passTo(time)
  await world.start()
  await world.tick()
  await settle(world)
}

async function rate(rating: string, note = 'As I see it.', more: Record<string, string> = {}) {
  const form = await world.slack.until(() => world.slack.modal(dana))
  await world.slack.submit(dana, form, { rating, note, ...more })
  return world.slack.until(() => world.slack.modal(dana))
}

it('reminds owners once, in their own business hours, of the pulses that are older than the cadence', async () => {
  await live('2026-11-02T07:59')
  expect(reminders()).toEqual([])

  await live('2026-11-02T08:01')
  await live('2026-11-03T09:00')

  expect(reminders()).toHaveLength(1)
  expect(reminders()[0]?.shown).toContain('Globex is waiting for your pulse.')
  expect(reminders()[0]?.shown).toContain('Last pulse on 2026-09-01')
  expect(reminders()[0]?.shown).not.toContain('Acme')
})

it('reminds once after a meeting, a complaint and a renewal that passed, all in one message', async () => {
  await world.has({
    accounts: [{ id: 'initech', name: 'Initech', ...OWNED, renewal_on: '2026-11-01' }],
    signals: [...NEWS_OF_GLOBEX, 'acme escalations 1 2026-10-25', 'initech complaints 0 2026-10-25'],
  })

  await live('2026-11-02T09:00')
  await live('2026-11-03T09:00')

  expect(reminders()).toHaveLength(1)
  const shown = reminders()[0]?.shown
  expect(shown).toContain('You met them on 2026-10-30')
  expect(shown).toContain('A complaint or escalation on 2026-10-25')
  expect(shown).toContain('The renewal date passed on 2026-11-01')
})

it('reminds nobody where the routes turn it off', async () => {
  world.writeSettings({ 'routes.yaml': 'pulse_cadence: off' })

  await live('2026-11-02T09:00')

  expect(reminders()).toEqual([])
})

describe('the list of pulses', () => {
  const stored = () => world.connection.db.selectFrom('pulses').selectAll().orderBy('at').execute()
  const rating = (account: string, value: number) => ({ action: 'pulse-rate', value: `${value} ${account}` })

  async function listed() {
    world.writeSettings({ 'routes.yaml': 'pulse_cadence: 10d' })
    await world.start()
    await world.slack.command(dana, '/health pulses', room)
    return world.slack.until(() => world.slack.ephemerals(dana).at(0))
  }

  async function pressed(list: Message, button: { action: string; value: string }, shows: string) {
    await world.slack.press(dana, list, button)
    await world.slack.until(() => list.shown.includes(shows))
  }

  it('rates each account with one press, in its own place', async () => {
    const list = await listed()
    expect(list.shown).toContain('3 of your accounts are waiting for your pulse.')

    await pressed(list, rating('globex', 3), 'Rated 3')
    expect(list.shown).toContain('2 left, 1 rated today.')
    expect(list.shown).toContain('3 of 5 is saved.')
    await pressed(list, rating('acme', 4), '1 left, 2 rated today.')
    await pressed(list, rating('initech', 2), 'None of your accounts needs a pulse now. You rated 3 today.')

    expect(world.slack.ephemerals(dana)).toHaveLength(1)
    expect((await stored()).map(({ rating }) => rating)).toEqual([3, 4, 2])
  })

  it('asks why only for a 1 or a 5, and shows the list again once it is said', async () => {
    const list = await listed()

    await world.slack.press(dana, list, rating('acme', 1))
    const form = await world.slack.until(() => world.slack.modal(dana))
    expect(form.shown).toContain('Acme: I expect to lose them')
    expect(await stored()).toEqual([])
    await world.slack.submit(dana, form, { note: '' })
    expect(JSON.stringify(form.errors)).toContain('Say why in one sentence')
    await world.slack.submit(dana, form, { note: 'Their sponsor left.', reasons: ['sponsor'] })

    await world.slack.until(() => list.shown.includes('Rated 1'))
    expect(await stored()).toMatchObject([{ rating: 1, note: 'Their sponsor left.', reasons: '["sponsor"]' }])
  })

  it('lets a slip be mended: another number is the same pulse, and counts alone', async () => {
    const list = await listed()
    await pressed(list, rating('acme', 2), 'Rated 2')
    world.passTo('2026-11-02T08:01')

    await pressed(list, rating('acme', 4), 'Rated 4')

    expect(await stored()).toMatchObject([{ rating: 4, note: '' }])
    const values = world.connection.db
      .selectFrom('signals')
      .innerJoin('metrics', 'metrics.key', 'signals.metric')
      .select('value')
      .where('name', '=', 'csm_pulse')
      .where('signals.id', '!=', '')
    expect(await values.execute()).toEqual([{ value: 4 }])
  })

  it('takes a note for any rating, of the pulse that is there', async () => {
    const list = await listed()
    await pressed(list, rating('acme', 4), 'Rated 4')

    await world.slack.press(dana, list, 'Add a note')
    await world.slack.submit(dana, await world.slack.until(() => world.slack.modal(dana)), {
      note: 'They wish for SSO.',
    })

    await world.slack.until(async () => (await stored())[0]?.note === 'They wish for SSO.')
    expect(await stored()).toHaveLength(1)
  })

  it('asks again in a week about what is skipped', async () => {
    const list = await listed()

    await pressed(list, { action: 'pulse-skip', value: 'globex' }, 'Skipped until 2026-11-09')
    expect(list.shown).toContain('2 of your accounts are waiting')

    world.passTo('2026-11-03T09:00')
    await world.slack.command(dana, '/health pulses', room)
    const next = await world.slack.until(() => world.slack.ephemerals(dana).at(1))
    expect(next.shown).not.toContain('Globex')
    world.passTo('2026-11-09T09:00')
    await world.slack.command(dana, '/health pulses', room)
    const again = await world.slack.until(() => world.slack.ephemerals(dana).at(2))
    expect(again.shown).toContain('Globex')
  })

  it('brings back in the afternoon of the owner what is put off, once, and nothing that was rated meanwhile', async () => {
    const list = await listed()
    await pressed(list, { action: 'pulse-later', value: 'globex' }, 'Comes back at 14:00')
    await pressed(list, { action: 'pulse-later', value: 'acme' }, 'Initech is waiting')
    await pressed(list, rating('acme', 3), 'Rated 3')
    const morning = reminders().length

    await live('2026-11-02T12:59')
    expect(reminders()).toHaveLength(morning)
    await live('2026-11-02T13:01')
    await live('2026-11-02T13:30')

    expect(reminders()).toHaveLength(morning + 1)
    expect(reminders().at(-1)?.shown).toContain('left, 1 rated today.')
  })

  it('is what the reminder shows, and redraws in the direct message', async () => {
    await live('2026-11-02T09:00')
    const [reminder] = reminders()
    if (reminder === undefined) throw new Error('nobody was reminded')

    await pressed(reminder, rating('globex', 4), 'Rated 4')

    expect(reminders()).toHaveLength(1)
  })

  it('turns pages of eight where one message cannot hold them all', async () => {
    const many = Array.from({ length: 30 }, (_, n) => ({ id: `a${n}`, name: `Account ${n}`, ...OWNED }))
    await world.has({ accounts: many })
    world.writeSettings({ 'routes.yaml': 'pulse_cadence: 10d' })
    world.passTo('2026-12-02T09:00')
    await world.start()
    await world.slack.command(dana, '/health pulses', room)
    const list = await world.slack.until(() => world.slack.ephemerals(dana).at(0))
    const names = () => list.shown.match(/Account \d+|Acme|Globex|Initech/g)?.length

    expect(list.shown).toContain('33 of your accounts are waiting')
    expect(names()).toBeLessThanOrEqual(20)
    await world.slack.press(dana, list, 'turn')
    await world.slack.until(() => list.shown.includes('Back'))
  })

  it('is refused to a viewer who presses in it', async () => {
    const list = await listed()
    const eve = world.slack.addUser('Vic', 'vic@ours.example')

    for (const button of [rating('acme', 1), rating('acme', 4), { action: 'pulse-skip', value: 'acme' }]) {
      await world.slack.press(eve, list, button)
    }

    await world.slack.until(() => world.slack.ephemerals(eve).length === 3)
    for (const { shown } of world.slack.ephemerals(eve)) expect(shown).toContain('you need the role csm')
    expect(await stored()).toEqual([])
  })
})

it('tells a pulse that the data contradicts to its owner, and never to a channel', async () => {
  await world.start()
  await world.has({ signals: ['acme nps -20 2026-11-01'] })
  await world.slack.command(dana, '/health pulse acme', room)

  const effect = await rate('5')
  expect(effect.shown).toContain('You say 5, the data says 18.')

  const eve = world.slack.addUser('Eve', 'eve@ours.example')
  for (const user of [dana, eve]) await world.slack.command(user, '/health acme', room)
  const own = await world.slack.until(() => world.slack.ephemerals(dana).at(0))
  const others = await world.slack.until(() => world.slack.ephemerals(eve).at(0))
  expect(own.shown).toContain('You say 5, the data says 18.')
  expect(others.shown).not.toContain('the data says')
  await world.slack.press(dana, own, 'Share to channel')
  const share = await world.slack.until(() => {
    const form = world.slack.modal(dana)
    return form !== undefined && JSON.stringify(form).includes('Share') ? form : undefined
  })
  await world.slack.submit(dana, share, { channel: room.id })
  const shared = await world.slack.until(() => world.slack.messages(room).at(0))
  expect(shared.shown).not.toContain('the data says')
})

it('keeps how long a pulse stands, ninety days unless said otherwise, and asks again once it expired', async () => {
  await world.start()
  await world.slack.command(dana, '/health pulse acme', room)
  const form = await world.slack.until(() => world.slack.modal(dana))
  await world.slack.submit(dana, form, { rating: '4', note: 'Fine.', expires: '0' })
  expect(JSON.stringify(form.errors)).toContain('Write a number of days')

  const effect = await rate('4', 'Fine.', { expires: '7' })
  expect(effect.shown).toContain('It counts until 2026-11-09.')
  await world.slack.command(dana, '/health acme', room)
  expect((await world.slack.until(() => world.slack.ephemerals(dana).at(0))).shown).toContain('counts until 2026-11-09')

  await live('2026-11-10T09:00')
  expect(
    reminders()
      .map(({ shown }) => shown)
      .join(),
  ).toContain('The last pulse expired on 2026-11-09')
})

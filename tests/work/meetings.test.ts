import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readFeed } from '../../src/ingest/calendar/read-feed.ts'
import { saveFeed } from '../../src/store/people/calendar-feeds.ts'
import { readPersonRecord } from '../../src/store/people/person-record.ts'
import { settle } from '../support/alert-world.ts'
import type { User } from '../support/fake-slack/index.ts'
import { calendarOf, startFeedServer } from '../support/feed-server/index.ts'
import { SMALL_MODEL, signalsOf } from '../support/small-model.ts'
import { soon } from '../support/soon.ts'
import { createWorld, type World } from '../support/world.ts'

/** The briefing of the morning, from calendars over real HTTPS. */
let server: Awaited<ReturnType<typeof startFeedServer>>
let world: World
let dana: User

const DANA = 'dana@ours.example'
const SECRET = '/private-5f2c9a/basic.ics'
const ROUTES = 'pulse_cadence: off\nyour_five: {accounts: 2, at: "08:30"}\n'

beforeEach(async () => {
  server = await startFeedServer()
  world = await createWorld({
    now: '2026-11-02T06:00',
    files: { 'model.yaml': SMALL_MODEL, 'routes.yaml': ROUTES },
    calendars: { fetch: server.fetch, read: readFeed },
  })
  dana = world.slack.addUser('Dana')
  await world.has({
    people: [{ email: DANA, name: 'Dana', role: 'csm', time_zone: 'Europe/Berlin' }],
    accounts: [
      { id: 'acme', name: 'Acme', domain: 'acme.com', owner: DANA, renewal_on: '2026-12-01' },
      { id: 'globex', name: 'Globex', domain: 'globex.example', owner: 'eve@ours.example' },
      { id: 'globex-labs', name: 'Globex Labs', domain: 'globex.example' },
      { id: 'gone', name: 'Initech', domain: 'initech.example', lifecycle: 'churned' },
    ],
    signals: [...signalsOf('acme', 8, '2026-11-01'), ...signalsOf('globex', 36, '2026-11-01')],
  })
  await world.start()
  await world.tick()
})
afterEach(async () => {
  await world.close()
  await server.stop()
})

const meeting = (time: string, title: string, ...guests: readonly string[]) => [
  `DTSTART;TZID=Europe/Berlin:${time}`,
  'DURATION:PT1H',
  `SUMMARY:${title}`,
  'ORGANIZER:mailto:dana@ours.example',
  ...guests.map(guest => `ATTENDEE:mailto:${guest}`),
]

async function hasCalendar(...events: readonly (readonly string[])[]) {
  server.feeds.set(SECRET, calendarOf(...events))
  const { db } = world.connection
  await saveFeed(db, DANA, server.urlOf(SECRET))
  // Slots count from when their schedule is first seen; a tick may fail where this machine is starved.
  await soon(async () => {
    await world.tick()
    expect(await db.selectFrom('schedules').select('name').where('name', 'like', 'meetings %').execute()).toHaveLength(
      1,
    )
  })
}

async function liveAt(time: string) {
  world.passTo(time)
  await world.tick()
  await settle(world)
}

const texts = () => world.slack.dms(dana).map(({ shown }) => shown)
const briefings = () => texts().filter(shown => shown.includes('Your meetings today'))

describe('the briefing of the morning', () => {
  it('says when which customer is met, how they are, and what to do, before the morning message, once', async () => {
    await hasCalendar(
      meeting('20261103T143000', 'Quarterly review', 'ann@eu.acme.com', 'bob@acme.com'),
      meeting('20261103T100000', 'Standup', 'eve@ours.example'),
      meeting('20261104T100000', 'Tomorrow', 'ann@acme.com'),
    )
    await liveAt('2026-11-03T07:21')
    expect(briefings()).toHaveLength(1)
    await liveAt('2026-11-03T07:31')
    await liveAt('2026-11-03T12:00')

    expect(briefings()).toHaveLength(1)
    const [briefing = ''] = briefings()
    expect(briefing).toContain('14:30 · Acme')
    expect(briefing).toContain('52 · Needs attention')
    expect(briefing).toContain('Quarterly review')
    expect(briefing).toContain('8 of 40 seats used')
    expect(briefing).toContain('in 28 days')
    expect(briefing).not.toContain('Standup')
    const [first, last] = ['Your meetings', 'Your morning'].map(title =>
      texts().findIndex(text => text.includes(title)),
    )
    expect(first).toBeLessThan(last ?? 0)
    expect(server.asked).toEqual([SECRET])
  })

  it('finds a customer by the title where no guest tells, and of several that the guests fit the one that it names', async () => {
    await hasCalendar(
      meeting('20261103T090000', 'Acme: renewal', 'somebody@gmail.com'),
      meeting('20261103T110000', 'Globex Labs kickoff', 'x@globex.example'),
      meeting('20261103T120000', 'Lunch', 'x@globex.example'),
      meeting('20261103T130000', 'Acme and Globex'),
      meeting('20261103T140000', 'Goodbye', 'x@initech.example'),
    )
    await liveAt('2026-11-03T07:21')

    const [briefing = ''] = briefings()
    expect(briefing).toContain('09:00 · Acme')
    expect(briefing).toContain('11:00 · Globex Labs')
    expect(briefing).not.toMatch(/12:00|13:00|14:00/)
  })

  it('is sent a little later, once, where the database is busy just then', async () => {
    const today = meeting('20261103T100000', 'Acme weekly', 'ann@acme.com')
    await hasCalendar(today)
    const transaction = vi.spyOn(world.connection.db, 'transaction')
    server.feeds.set(SECRET, (_, response) => {
      transaction.mockImplementationOnce(() => {
        throw Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' })
      })
      response.end(calendarOf(today))
    })
    world.passTo('2026-11-03T07:21')
    await world.tick()
    transaction.mockRestore()
    server.feeds.set(SECRET, calendarOf(today))

    await liveAt('2026-11-03T07:22')
    await liveAt('2026-11-03T07:23')
    expect(briefings()).toHaveLength(1)
  })

  it('is not sent on a day without a customer, or at a weekend', async () => {
    await hasCalendar(meeting('20261103T100000', 'Standup'), [
      ...meeting('20261107T100000', 'Acme weekly', 'ann@acme.com'),
      'RRULE:FREQ=DAILY',
    ])
    await liveAt('2026-11-03T07:21')
    await liveAt('2026-11-07T07:21')
    expect(briefings()).toEqual([])

    await liveAt('2026-11-09T07:21')
    expect(briefings()).toHaveLength(1)
  })

  it('is not made for somebody who has left, or who may not ask', async () => {
    await hasCalendar(meeting('20261103T100000', 'Acme weekly', 'ann@acme.com'))
    const { db } = world.connection
    await db.updateTable('people').set({ left_at: world.now }).where('email', '=', DANA).execute()
    await saveFeed(db, 'stranger@ours.example', server.urlOf(SECRET))
    world.writeSettings({ 'routes.yaml': `${ROUTES}access: {who: people}\n` })
    await world.stop()
    await world.start()
    await world.tick()
    world.passTo('2026-11-03T08:25')
    await world.tick()

    expect(server.asked).toEqual([])
    const made = world.connection.db.selectFrom('outbox').select('id').where('purpose', '=', 'meetings')
    expect(await made.execute()).toEqual([])
  })

  it('leaves out what only others may see', async () => {
    const alert = { account: 2, state: 'open', opened_at: world.now, reason: 'secret' }
    await world.connection.db
      .insertInto('alerts')
      .values({ ...alert, id: 'd', kind: 'pulse_divergence' })
      .execute()
    await hasCalendar(meeting('20261103T090000', 'Globex'))
    await liveAt('2026-11-03T07:21')

    expect(briefings()[0]).toContain('09:00 · Globex')
    expect(briefings()[0]).not.toMatch(/pulse|secret|Claim/i)
  })

  it.each([
    ['redirects into the network', (_: string) => server.insideOf('/x'), '127.0.0.2 is not a public address'],
    ['holds 10 MB', () => undefined, 'it is larger than 2 MB'],
  ])(
    'says once that a calendar %s, keeps nothing else waiting, and says it again only after it was well',
    async (_, location, reason) => {
      await hasCalendar()
      const inside = location('')
      if (inside === undefined) server.feeds.set(SECRET, 'x'.repeat(10_000_000))
      else server.feeds.set(SECRET, (_, response) => response.writeHead(302, { location: inside }).end())

      for (const day of ['03', '04', '05']) await liveAt(`2026-11-${day}T07:31`)
      const told = () => texts().filter(shown => shown.includes('I could not read your calendar'))
      expect(told()).toEqual([expect.stringContaining(reason)])
      expect(told()[0]).not.toContain('private-5f2c9a')
      expect(texts().filter(shown => shown.includes('Your morning'))).toHaveLength(3)

      server.feeds.set(SECRET, calendarOf())
      await liveAt('2026-11-06T07:31')
      server.feeds.delete(SECRET)
      await liveAt('2026-11-09T07:31')
      expect(told()).toHaveLength(2)
    },
  )

  it('shows its address to nobody whole, not to who exports what is known of somebody', async () => {
    await hasCalendar()

    const { preferences } = await readPersonRecord(world.connection.db, DANA)
    expect(preferences).toEqual([{ preference: 'calendar', value: '127.0.0.1/••••' }])
  })
})

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Subject } from '../../src/domain/delivery/subject.ts'
import { HOUR } from '../../src/domain/time/instant.ts'
import { readAudit } from '../../src/store/audit/audit.ts'
import { probeParked } from '../../src/store/delivery/parked.ts'
import { settle } from './alert-world.ts'
import type { Person, Post } from './chat-driver.ts'
import { csm, type Stage } from './contract-world.ts'
import { until } from './until.ts'

/** What the bot says by itself: alerts and digests, their later changes, and channels that take nothing. */
export function describeDelivery(open: () => Promise<Stage>): void {
  let stage: Stage
  let greetings: number
  beforeEach(async () => {
    greetings = 0
    stage = await open()
  })
  afterEach(() => stage.world.close())

  /** Passes to a time, lives until everything due is scored and said, and stays up. */
  const live = async (time: string) => {
    const { world } = stage
    await world.stop()
    world.passTo(time)
    await world.start()
    await settle(world)
  }

  /** The bot comes into the room and may say so; what is looked at afterwards is what it says from then on. */
  const greet = async () => {
    const { boss, driver, room } = stage
    await driver.introduce(boss, room)
    greetings = driver.inRoom(room).length
  }

  /** Acme is healthy on 1 November, when the admin met the bot, and at risk on the morning after. */
  const acmeFalls = async () => {
    const { boss, driver, room, world, answerTo } = stage
    world.writeSettings({ 'routes.yaml': `routes: [{alerts: [at_risk], to: ["${driver.target(room)}"]}]` })
    await live('2026-11-01T05:00')
    await live('2026-11-01T06:00:05')
    await greet()
    await answerTo(boss, 'help')
    await world.has({ signals: ['acme active_users 2 2026-11-01T20:00', 'acme nps -100 2026-11-01T20:00'] })
    world.passTo('2026-11-02T06:00:05')
  }

  const theAlert = async (): Promise<Post> => {
    await acmeFalls()
    await live('2026-11-02T06:00:05')
    const [post] = posts()
    if (post === undefined) throw new Error('no alert in the room')
    return post
  }

  const claims = async () => (await readAudit(stage.world.connection.db, {})).filter(({ act }) => act === 'alert.claim')
  const statesOf = async (subject: Subject['of']) => {
    const rows = stage.world.connection.db.selectFrom('outbox').select('state').where('subject', '=', subject)
    return (await rows.execute()).map(({ state }) => state)
  }
  const posts = () => stage.driver.inRoom(stage.room).slice(greetings)
  const shown = () => posts().map(post => post.shown)

  it('lets one of many simultaneous claims win, and tells the others who and since when', async () => {
    const { driver, world } = stage
    const crowd = 'Ann Bob Cid Dot Eli Fay Gus Hal Ida Jim Kay Lea'.split(' ').map(driver.person)
    await world.has({ people: crowd.map(csm) })
    const post = await theAlert()

    const answers = await Promise.all(crowd.map(person => driver.press(person, post, 'Claim')))

    const [winner] = await claims()
    expect(await claims()).toHaveLength(1)
    const name = nameOf(crowd, winner?.who)
    const losers = crowd.filter(person => person.name !== name)
    for (const loser of losers) {
      expect(answers[crowd.indexOf(loser)]).toMatch(
        new RegExp(`${name} claimed Acme just now|Claimed by ${name} since 2026-11-02`),
      )
    }
    await settle(world)
    expect(shown()).toEqual([expect.stringContaining(`Claimed by ${name} since 2026-11-02 06:00 UTC`)])
  })

  it('does nothing when a press is delivered again', async () => {
    const { driver, dana, eve, world } = stage
    const post = await theAlert()
    await driver.press(dana, post, 'Claim')
    const claimed = () =>
      world.connection.db.selectFrom('audit').select('who').where('act', '=', 'alert.claim').execute()

    await driver.repeat()
    await driver.press(eve, post, 'Why did it fall?')

    expect(await claimed()).toHaveLength(1)
  })

  it('changes a post of weeks ago in its place', async () => {
    const { driver, dana, world } = stage
    const { id } = await theAlert()
    await live('2026-11-20T06:30')

    await driver.press(dana, postIn(stage, id), 'Claim')
    await settle(world)

    expect(posts().filter(post => !driver.isInThread(post))).toHaveLength(1)
    expect(postIn(stage, id).shown).toContain('Claimed by Dana since 2026-11-20')
  })

  it('answers a press on an alert long resolved with how it stands now', async () => {
    const { driver, dana, eve, world } = stage
    const post = await theAlert()
    await world.connection.db
      .updateTable('alerts')
      .set({ state: 'resolved', resolved_at: world.now, resolved_by: dana.email, resolution: 'They had a holiday.' })
      .execute()

    expect(await driver.press(eve, post, 'Claim')).toMatch(/[Rr]esolved by Dana/)
  })

  it('brings a digest to its room, and on the next morning only what changed', async () => {
    const { driver, room, world } = stage
    world.writeSettings({
      'routes.yaml': 'pulse_cadence: off',
      'digests.yaml': `digests: [{name: morning, schedule: "0 9 * * *", time_zone: UTC, to: "${driver.target(room)}"}]`,
    })
    await live('2026-11-01T05:00')
    await greet()
    await live('2026-11-01T09:00:10')
    await world.has({ signals: ['acme active_users 2 2026-11-01T20:00', 'acme nps -100 2026-11-01T20:00'] })
    await live('2026-11-02T09:00:10')

    expect(shown()[0]).toContain('I watch 3 accounts')
    expect(shown()[1]).toContain('Newly at risk (1)')
    expect(shown()[1]).toContain('2 of 40 seats used')
    expect(shown()).toHaveLength(2)
  })

  it('parks what cannot get into a room, tells the admins once, and sends it once it is let in', async () => {
    const { boss, driver, room, world } = stage
    await acmeFalls()
    driver.shut(room)
    await world.stop()
    await world.start()
    const notes = () => driver.inPrivate(boss).filter(post => post.shown.includes('I could not write to'))
    await until(() => notes().length > 0)

    expect(await statesOf('alert')).toEqual(['parked'])
    expect(notes().map(note => note.shown)).toEqual([expect.stringContaining(driver.target(room))])
    driver.reopen(room)
    expect(await probeParked(world.connection.db, world.now, world.now + HOUR)).toBe(1)
    world.passTo(new Date(world.now + HOUR).toISOString())
    await settle(world)

    expect(shown()).toEqual([expect.stringContaining('Acme: At risk')])
  })

  it('leaves a platform alone for as long as it asks to', async () => {
    const { driver, world } = stage
    await acmeFalls()
    driver.askToWait(90)
    const before = driver.postsTried()
    await world.stop()
    await world.start()
    const now = world.now
    const waiting = () =>
      world.connection.db
        .selectFrom('outbox')
        .select('id')
        .where('not_before', '>=', now + 90_000)
        .execute()
    await vi.waitFor(async () => expect(await waiting()).toHaveLength(1), { timeout: 20_000 })

    expect(driver.postsTried()).toBe(before + 1)
    expect(shown()).toEqual([])
    world.passTo(new Date(now + 91_000).toISOString())
    await settle(world)
    expect(shown()).toHaveLength(1)
    expect(driver.postsTried()).toBe(before + 2)
  })

  it('says so where a message may stand twice, because the answer to it was lost', async () => {
    const { driver } = stage
    await acmeFalls()
    driver.loseAnswer()
    await live('2026-11-02T06:00:05')

    expect(shown()).toHaveLength(2)
    expect(shown()[0]).not.toContain('may appear here twice')
    expect(shown()[1]).toContain('may appear here twice')
  })
}

function nameOf(crowd: readonly Person[], email: string | undefined): string {
  const name = crowd.find(person => person.email === email)?.name
  if (name === undefined) throw new Error(`${email} is none of the crowd`)
  return name
}

function postIn({ driver, room }: Stage, id: string): Post {
  const post = driver.inRoom(room).find(post => post.id === id)
  if (post === undefined) throw new Error('the post is gone')
  return post
}

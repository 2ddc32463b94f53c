import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Channel, Message, User } from '../support/fake-slack/index.ts'
import { SMALL_MODEL, signalsOf } from '../support/small-model.ts'
import { soon } from '../support/soon.ts'
import { createWorld, type World } from '../support/world.ts'

const FALLEN = Array.from({ length: 60 }, (_, at) => `account-${String(at).padStart(2, '0')}`)

let world: World
let room: Channel
let dana: User
let ticking: NodeJS.Timeout | undefined

beforeEach(async () => {
  world = await createWorld({ now: '2026-11-01T05:00', files: { 'model.yaml': SMALL_MODEL } })
  room = world.slack.addChannel('cs')
  dana = world.slack.addUser('Dana', 'dana@ours.example')
})

afterEach(async () => {
  clearInterval(ticking)
  await world.close()
})

const digests = (...names: string[]) =>
  `digests:\n${names.map(name => `  - {name: ${name}, schedule: "0 9 * * *", to: "slack:${room.id}"}\n`).join('')}`

/** Time goes on from here, ten times as fast as ours, for Slack a little faster still. */
async function live(from: string) {
  clearInterval(ticking)
  let now = Date.parse(`${from}Z`)
  world.slack.advance(60_000)
  world.passTo(new Date(now).toISOString())
  await world.start()
  ticking = setInterval(() => {
    now += 200
    world.slack.advance(250)
    world.passTo(new Date(now).toISOString())
  }, 20)
}

async function sleep() {
  clearInterval(ticking)
  await world.stop()
}

/** Accounts that were well on one morning and are not on the next; the digest of that next morning goes out. */
async function fall(accounts: readonly string[]) {
  await world.has({
    people: [{ email: 'dana@ours.example', name: 'Dana', role: 'csm' }],
    accounts: accounts.map(id => ({ id, name: `The ${id} company`, owner: 'dana@ours.example' })),
    signals: accounts.flatMap(id => signalsOf(id, 36, '2026-10-01')),
  })
  await live('2026-11-01T05:00')
  await soon(async () => expect(await schedules()).toBeGreaterThan(1))
  await sleep()
  await live('2026-11-01T09:00:01')
  await allSent()
  await sleep()
  await world.has({
    signals: accounts.flatMap(id => [`${id} active_users 2 2026-11-01T20:00`, `${id} nps -100 2026-11-01T20:00`]),
  })
  await live('2026-11-02T09:00:01')
}

const schedules = async () => (await world.connection.db.selectFrom('schedules').select('name').execute()).length

const posted = () => world.slack.messages(room)
const news = () => posted().slice(posted().findIndex(({ shown }) => shown.includes('Newly at risk')))

/** Waits until the morning's messages stand there as they should. */
async function allSent() {
  const rows = () =>
    world.connection.db.selectFrom('outbox').select(['state', 'version', 'shown_version', 'created_at']).execute()
  await soon(async () => {
    // Asked first: what a slot puts into the outbox is there once the slot is over.
    expect(await pendingSlots()).toBe(0)
    const morning = (await rows()).filter(({ created_at }) => created_at > world.now - 600_000)
    expect(morning.length).toBeGreaterThan(0)
    expect(morning.filter(row => row.state !== 'sent' || row.version !== row.shown_version)).toEqual([])
  })
}

async function pendingSlots() {
  const due = world.connection.db.selectFrom('schedules').select('name').where('next_due_at', '<=', world.now)
  return (await due.execute()).length
}

const claimButtons = (message: Message) =>
  JSON.stringify(message.blocks).match(/"type":"button"[^}]*"text":"Claim"/g)?.length ?? 0

describe('a digest that is longer than a message', () => {
  beforeEach(async () => {
    world.writeSettings({ 'digests.yaml': digests('morning') })
    await fall(FALLEN)
    await allSent()
  })

  it('goes on in the thread of its head, in order, and nothing of it is refused', () => {
    const [head, ...rest] = news()

    expect(rest.length).toBeGreaterThan(0)
    expect(rest.map(({ threadTs }) => threadTs)).toEqual(rest.map(() => head?.ts))
    expect(rest.map(({ shown }) => /continued \((\d+)\)/.exec(shown)?.[1])).toEqual(rest.map((_, at) => `${at + 2}`))
    expect(world.slack.refusals).toEqual([])
  })

  it('names every account once, with its own claim', () => {
    const text = news().map(({ shown }) => shown)

    for (const id of FALLEN) expect(text.join('\n').split(`The ${id} company`)).toHaveLength(2)
    expect(news().reduce((sum, message) => sum + claimButtons(message), 0)).toBe(60)
  })

  it('shows a claim in the part that holds the alert, and leaves the others alone', async () => {
    const part = news()[1]
    if (part === undefined) throw new Error('no second part')
    const before = claimButtons(part)

    await world.slack.press(dana, part, 'Claim')
    await soon(() => expect(part.shown).toContain('Claimed by Dana'))

    expect(claimButtons(part)).toBe(before - 1)
    expect(news().filter(({ edits }) => edits > 0)).toEqual([part])
  })
})

describe('two digests for one channel', () => {
  beforeEach(async () => {
    world.writeSettings({ 'digests.yaml': digests('morning', 'second') })
    world.slack.limitRate()
    await fall(['acme'])
    await allSent()
  })

  it('go out one after the other, so that Slack never has to refuse', () => {
    expect(news()).toHaveLength(2)
    expect(world.slack.refusals).toEqual([])
  })

  it('both show the claim that was made in one of them', async () => {
    const [first, second] = news()
    if (first === undefined || second === undefined) throw new Error('no digests')

    await world.slack.press(dana, first, 'Claim')
    await soon(() => expect([first, second].every(({ shown }) => shown.includes('Claimed by Dana'))).toBe(true))

    expect(claimButtons(first) + claimButtons(second)).toBe(0)
  })
})

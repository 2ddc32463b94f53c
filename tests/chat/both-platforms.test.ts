import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { readAudit } from '../../src/store/audit/audit.ts'
import { userIdsOf } from '../../src/store/people/platform-users.ts'
import { createToken } from '../../src/store/people/tokens.ts'
import { type Answered, slackbot } from '../adapters/assistants/slackbot.ts'
import { settle } from '../support/alert-world.ts'
import type { Channel as SlackChannel, User as SlackUser } from '../support/fake-slack/index.ts'
import type { Channel as TeamsChannel, User as TeamsUser } from '../support/fake-teams/index.ts'
import { SMALL_MODEL, signalsOf } from '../support/small-model.ts'
import { until } from '../support/until.ts'
import { createWorld, type World } from '../support/world.ts'

type Room = { readonly slack: SlackChannel; readonly teams: TeamsChannel }
type Somebody = { readonly slack: SlackUser; readonly teams: TeamsUser }

let world: World
let room: Room
let dana: Somebody
let eve: Somebody

/** One company on both platforms: an alert goes to a Slack channel and a Teams channel. */
beforeEach(async () => {
  world = await createWorld({
    now: '2026-11-01T05:00',
    files: { 'model.yaml': SMALL_MODEL },
    platforms: ['slack', 'teams'],
  })
  room = { slack: world.slack.addChannel('cs'), teams: world.teams.addChannel('cs') }
  dana = somebody('Dana')
  eve = somebody('Eve')
  const to = [`slack:${room.slack.id}`, `teams:${room.teams.id}`]
  world.writeSettings({
    'routes.yaml': JSON.stringify({ routes: [{ alerts: ['at_risk'], to }], pulse_cadence: 'off' }),
  })
  await world.has({
    people: [
      { email: 'dana@ours.example', name: 'Dana', role: 'csm' },
      { email: 'eve@ours.example', name: 'Eve', role: 'csm' },
    ],
    accounts: ['Acme', 'Globex'].map(name => ({ id: name.toLowerCase(), name, owner: 'dana@ours.example' })),
    signals: ['acme', 'globex'].flatMap(id => signalsOf(id, 36, '2026-10-01')),
  })
})

afterEach(() => world.close())

function somebody(name: string): Somebody {
  return { slack: world.slack.addUser(name), teams: world.teams.addUser(name) }
}

async function live(time: string) {
  await world.stop()
  world.passTo(time)
  await world.start()
  await settle(world)
}

const falls = (account: string, day: string) =>
  world.has({ signals: [`${account} active_users 2 ${day}T20:00`, `${account} nps -100 ${day}T20:00`] })

/** Acme is healthy on 1 November, when both have written to the bot in Teams, and at risk on the morning after. */
async function acmeFalls() {
  await live('2026-11-01T05:00')
  await live('2026-11-01T06:00:05')
  for (const { teams } of [dana, eve]) await sayInTeams(teams, 'help')
  await falls('acme', '2026-11-01')
  await live('2026-11-02T06:00:05')
  // a channel takes one message a second
  world.passTo(new Date(world.now + 5_000).toISOString())
}

async function sayInTeams(user: TeamsUser, words: string): Promise<string> {
  const before = world.teams.dms(user).length
  await world.teams.say(user, words)
  return (await until(() => world.teams.dms(user).at(before))).shown
}

async function sayInSlack(user: SlackUser, words: string): Promise<string> {
  const before = world.slack.dms(user).length
  await world.slack.dm(user, words)
  return (await until(() => world.slack.dms(user).at(before))).shown
}

function alerts() {
  const [inSlack] = world.slack.messages(room.slack)
  const [inTeams] = world.teams.messages(room.teams)
  if (inSlack === undefined || inTeams === undefined) throw new Error('the alert is not on both platforms')
  return { inSlack, inTeams }
}

const claims = async () => (await readAudit(world.connection.db, {})).filter(({ act }) => act === 'alert.claim')
const pending = () =>
  world.connection.db
    .selectFrom('outbox')
    .select('id')
    .where(({ eb, ref }) => eb('version', '>', ref('shown_version')))
    .execute()

it('posts an alert once on each platform, saying the same', async () => {
  await acmeFalls()

  const { inSlack, inTeams } = alerts()
  for (const { shown } of [inSlack, inTeams]) {
    expect(shown).toContain('Acme: At risk')
    expect(shown).toContain('2 of 40 seats used')
    expect(shown).toContain('nobody yet')
  }
  expect(world.slack.messages(room.slack)).toHaveLength(1)
  expect(world.teams.messages(room.teams)).toHaveLength(1)
})

it.each(['slack', 'teams'] as const)('shows a claim made in %s on both, naming the person', async from => {
  await acmeFalls()
  const { inSlack, inTeams } = alerts()

  if (from === 'slack') await world.slack.press(dana.slack, inSlack, 'Claim')
  else expect(await world.teams.press(dana.teams, inTeams, 'Claim')).toMatchObject({ kind: 'card' })

  // no time passes: nobody has to wait for a turn
  const now = world.now
  const words = 'Claimed by Dana since 2026-11-02 06:00 UTC'
  await until(() => inSlack.shown.includes(words) && inTeams.shown.includes(words))
  expect(world.now).toBe(now)
  expect(await claims()).toMatchObject([{ who: 'dana@ours.example' }])
})

it('shows the one who pressed in Teams the new state at once, and everybody soon', async () => {
  await acmeFalls()
  const { inTeams } = alerts()

  const effect = await world.teams.press(dana.teams, inTeams, 'Claim')

  expect(effect).toMatchObject({ kind: 'card', says: expect.stringContaining('Claimed by Dana since') })
  await until(() => inTeams.edits > 0)
  expect(world.teams.shownTo(eve.teams, inTeams)).toContain('Claimed by Dana since')
})

it('has one winner of a hundred claims from both sides at random', async () => {
  await acmeFalls()
  const { inSlack, inTeams } = alerts()
  const seed = Date.now()
  const sides = shuffled(
    Array.from({ length: 100 }, (_, n) => n),
    seed,
  )

  const answers = await Promise.all(
    sides.map(async n => {
      const who = n % 4 < 2 ? dana : eve
      if (n % 2 === 0) return (await world.slack.press(who.slack, inSlack, 'Claim')) && ''
      return (await world.teams.press(who.teams, inTeams, 'Claim')).says
    }),
  )
  await until(() => inSlack.edits >= 50, 15_000)
  await settle(world)

  const won = await claims()
  expect(won, `seed ${seed}`).toHaveLength(1)
  const name = won[0]?.who === 'dana@ours.example' ? 'Dana' : 'Eve'
  const read = answers.filter(Boolean)
  expect(read).toHaveLength(50)
  // A press that cannot be answered in time says so, and changes the card once it is done.
  const late = 'Working on it …'
  expect(read.filter(answer => answer !== late && !answer.includes(`Claimed by ${name}`))).toEqual([])
  expect([...world.slack.ephemerals(dana.slack), ...world.slack.ephemerals(eve.slack)]).toEqual([])
  for (const { shown } of [alerts().inSlack, alerts().inTeams]) expect(shown).toContain(`Claimed by ${name} since`)
  expect(await pending()).toEqual([])
})

it('has one winner from Slack, Teams, Slackbot and a token at once, and tells the others', async () => {
  await world.has({
    people: ['Sam', 'Tia'].map(name => ({ email: `${name.toLowerCase()}@ours.example`, name, role: 'csm' })),
  })
  const sam = world.slack.addUser('Sam', 'sam@ours.example')
  await acmeFalls()
  const { db } = world.connection
  const { inSlack, inTeams } = alerts()
  const { id: alert } = await db.selectFrom('alerts').select('id').executeTakeFirstOrThrow()
  const made = { name: 'laptop', scopes: ['mcp'] as const, person: 'tia@ours.example', now: world.now, randomBytes }
  const { token } = await createToken(db, made)
  const bot = slackbot(() => world.port, world.slack.env('http').SLACK_SIGNING_SECRET ?? '', systemClock)
  const sides: readonly (() => Promise<unknown>)[] = [
    () => world.slack.press(eve.slack, inSlack, 'Claim'),
    () => world.teams.press(dana.teams, inTeams, 'Claim'),
    () => bot.use(sam, 'claim_alert', { alert }),
    () => bot.send(bot.call(sam, 'claim_alert', { alert }), { authorization: `Bearer ${token}` }),
  ]
  const order = shuffled([0, 1, 2, 3], Date.now())
  const answers = new Map(await Promise.all(order.map(async n => [n, await sides[n]?.()] as const)))
  await settle(world)

  const [won, ...others] = await claims()
  expect(others).toEqual([])
  const winner = won?.who ?? ''
  const name = winner.slice(0, 1).toUpperCase() + winner.split('@')[0]?.slice(1)
  for (const { shown } of [inSlack, inTeams]) expect(shown).toContain(`Claimed by ${name} since`)
  for (const [n, person] of [
    [2, 'sam@ours.example'],
    [3, 'tia@ours.example'],
  ] as const) {
    const { result } = answers.get(n) as Answered
    expect(result.structuredContent).toMatchObject({ done: person === winner, alert: { claimed_by: winner } })
    expect(result.content[0]?.text).toContain(`Claimed by ${name} since`)
  }
})

it('knows somebody by their e-mail wherever they come from', async () => {
  await live('2026-11-01T06:00:05')

  await sayInSlack(dana.slack, 'preferences score grade')

  expect(await sayInTeams(dana.teams, 'preferences')).toContain('grade (yours)')
  expect(await sayInTeams(dana.teams, 'acme')).toContain('94 · Healthy · A')
  const ids = await userIdsOf(world.connection.db, 'dana@ours.example')
  expect(ids).toEqual({ slack: dana.slack.id, teams: dana.teams.aadObjectId })
})

it('tells somebody without an e-mail address that they are a viewer, and lets them look', async () => {
  await live('2026-11-01T06:00:05')
  const nobody = world.teams.addUser('Nobody', { email: undefined })

  expect(await sayInTeams(nobody, 'acme')).toContain('94 · Healthy')
  expect(await sayInTeams(nobody, 'pulse acme')).toContain('you are a viewer')
})

it('writes to somebody where they were last, until they prefer another place', async () => {
  const routes = { routes: [{ alerts: ['at_risk'], to: ['owner'] }], pulse_cadence: 'off' }
  world.writeSettings({ 'routes.yaml': JSON.stringify(routes) })
  const heardOf = (account: string) => {
    const count = (posts: readonly { shown: string }[]) =>
      posts.filter(({ shown }) => shown.includes(`${account}: At risk`)).length
    return { slack: count(world.slack.dms(dana.slack)), teams: count(world.teams.dms(dana.teams)) }
  }
  await live('2026-11-01T05:00')
  await live('2026-11-01T06:00:05')
  await sayInTeams(dana.teams, 'preferences')
  await sayInSlack(dana.slack, 'preferences')
  await sayInTeams(dana.teams, 'acme')

  await falls('acme', '2026-11-01')
  await live('2026-11-02T06:00:05')
  expect(heardOf('Acme')).toEqual({ slack: 0, teams: 1 })
  expect(await sayInTeams(dana.teams, 'preferences messages slack')).toContain('slack (yours)')
  await falls('globex', '2026-11-02')
  await live('2026-11-03T06:00:05')

  expect(heardOf('Globex')).toEqual({ slack: 1, teams: 0 })
})

function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  return items
    .map((item, n) => ({ item, rank: Math.sin(seed + n * 7919) }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ item }) => item)
}

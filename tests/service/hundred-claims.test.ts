import { afterEach, beforeEach, expect, it } from 'vitest'
import { saveAccounts } from '../../src/store/accounts/accounts.ts'
import { openAlerts } from '../../src/store/alerts/alerts.ts'
import { readAudit } from '../../src/store/audit/audit.ts'
import { checkAudit } from '../../src/store/audit/audit-chain.ts'
import type { Connection } from '../../src/store/engine/engine.ts'
import { savePeople } from '../../src/store/people/people.ts'
import { type FakeSlack, type Channel as SlackChannel, startFakeSlack } from '../support/fake-slack/index.ts'
import { type FakeTeams, startFakeTeams, type Channel as TeamsChannel } from '../support/fake-teams/index.ts'
import { soon } from '../support/soon.ts'
import type { Place, RoundsService } from './rounds-process.ts'
import { openServerPlace } from './server-place.ts'

/** Two built services on one PostgreSQL, and people of two platforms who all want the same alert. */
const NAMES = ['Ann', 'Bob', 'Cid', 'Dana', 'Eve', 'Fay', 'Gus', 'Hal', 'Ida', 'Jo']
let place: Place
let slack: FakeSlack
let teams: FakeTeams
let room: { readonly slack: SlackChannel; readonly teams: TeamsChannel }
let connection: Connection
let services: RoundsService[]
let close: () => Promise<void>

beforeEach(async () => {
  slack = await startFakeSlack()
  teams = await startFakeTeams()
  room = { slack: slack.addChannel('cs'), teams: teams.addChannel('cs') }
  const to = [`slack:${room.slack.id}`, `teams:${room.teams.id}`]
  ;({ place, connection, close } = await openServerPlace({ 'routes.yaml': JSON.stringify({ routes: [{ to }] }) }))
  Object.assign(place.env, slack.env('http'), teams.env())
  const now = Date.now() - 60_000
  await saveAccounts(connection.db, [{ id: 'acme', name: 'Acme', attributes: new Map() }], now)
  await savePeople(
    connection.db,
    NAMES.map(name => ({
      email: `${name.toLowerCase()}@ours.example`,
      fields: new Map([
        ['name', name],
        ['role', 'csm'],
      ]),
    })),
  )
  services = [await place.serve(), await place.serve()]
}, 120_000)

afterEach(async () => {
  await close()
  await slack.stop()
  await teams.stop()
})

const at = (n: number) => {
  const { url } = services[n % 2] as RoundsService
  slack.botAt(url)
  teams.botAt(url)
}

it('one of a hundred claims at once wins, whichever platform and instance it came by, and all see who', async () => {
  const people = NAMES.map(name => ({ inSlack: slack.addUser(name), inTeams: teams.addUser(name) }))
  const person = (n: number) => people[n % people.length] ?? expect.fail('nobody')
  at(0)
  await teams.mention(person(0).inTeams, room.teams, 'help')
  await openAlerts(connection.db, [
    { id: 'alert-1', account: 1, kind: 'at_risk', at: Date.now() - 60_000, reason: 'Logins fell' },
  ])
  const inSlack = await soon(() => {
    const message = slack.messages(room.slack).find(({ shown }) => shown.includes('nobody yet'))
    return message ?? expect.fail('not in Slack yet')
  })
  const inTeams = await soon(() => {
    const message = teams.messages(room.teams).find(({ shown }) => shown.includes('nobody yet'))
    return message ?? expect.fail('not in Teams yet')
  })

  const took: { slack: number[]; teams: number[] } = { slack: [], teams: [] }
  const answers = await Promise.all(
    Array.from({ length: 100 }, async (_, n) => {
      const who = person(Math.floor(n / 4))
      const begun = Date.now()
      at(Math.floor(n / 2))
      if (n % 2 === 0) {
        const { status } = await slack.press(who.inSlack, inSlack, 'Claim')
        took.slack.push(Date.now() - begun)
        return status
      }
      const { says } = await teams.press(who.inTeams, inTeams, 'Claim')
      took.teams.push(Date.now() - begun)
      return says
    }),
  )
  const acknowledged = Date.now()
  await soon(() => expect(inSlack.edits).toBeGreaterThanOrEqual(50))

  const won = (await readAudit(connection.db, {})).filter(({ act }) => act === 'alert.claim')
  expect(won).toHaveLength(1)
  const name = NAMES.find(name => won[0]?.who === `${name.toLowerCase()}@ours.example`)
  expect(answers.filter(answer => answer === 200)).toHaveLength(50)
  const read = answers.filter(answer => typeof answer === 'string')
  // Who would have to wait for too long is told so; the message itself shows it soon.
  const told = read.filter(answer => answer !== 'Working on it …')
  expect(told.filter(answer => !answer.includes(`Claimed by ${name}`))).toEqual([])
  expect(people.flatMap(({ inSlack }) => slack.ephemerals(inSlack).map(({ shown }) => shown))).toEqual([])
  await soon(() => {
    for (const { shown } of [inSlack, inTeams]) expect(shown).toContain(`Claimed by ${name} since`)
  })
  const { brokenLine } = await checkAudit(connection.db)
  expect(brokenLine).toBeUndefined()
  if (process.env.ROUNDS_LONG)
    console.info(
      `acknowledged in Slack after ${Math.max(...took.slack)} ms at most, answered in Teams (${told.length} of 50 with the outcome) after ${Math.max(...took.teams)} ms, ` +
        `all shown ${Date.now() - acknowledged} ms later`,
    )
}, 180_000)

import { afterEach, beforeEach, expect, it } from 'vitest'
import type { AlertKind } from '../../src/domain/alerts/alert-kind.ts'
import { openAlerts } from '../../src/store/alerts/alerts.ts'
import { readAudit } from '../../src/store/audit/audit.ts'
import { type AlertWorld, createAlertWorld, done, settle } from '../support/alert-world.ts'
import type { User } from '../support/fake-slack/index.ts'
import { answered, askAlone, pressed } from '../support/small-company.ts'

let world: AlertWorld

beforeEach(async () => {
  world = await createAlertWorld()
})

afterEach(() => world.close())

const posts = () => world.slack.messages(world.room)
const shown = () => posts().map(post => post.shown)
const alerts = () => world.connection.db.selectFrom('alerts').selectAll().orderBy('kind').execute()
const audit = async () => (await readAudit(world.connection.db, {})).toReversed()

/** Acme falls on the evening of 1 November, and on the next morning two alerts stand in the channel. */
async function acmeFalls() {
  await world.fall('acme', '2026-11-01')
  await world.live('2026-11-02T06:00:05')
}

async function press(user: User, button: string, post = 0) {
  const message = posts()[post]
  if (message === undefined) throw new Error('no such post')
  return (await pressed(world.slack, user, message, button)).shown
}

async function fill(user: User, button: string, values: Record<string, string>) {
  const message = posts()[0]
  if (message === undefined) throw new Error('no such post')
  await world.slack.press(user, message, button)
  const form = await world.slack.until(() => world.slack.modal(user))
  await world.slack.submit(user, form, values)
  return form
}

it('posts the alerts of one account once, on one card, with the reason and the owner', async () => {
  await acmeFalls()
  await world.live('2026-11-02T06:10')

  expect(shown()).toHaveLength(1)
  expect(shown()[0]).toContain('Acme: At risk · ○ nobody yet')
  expect(shown()[0]).toContain('2 of 40 seats used')
  expect(shown()[0]).toContain('Dana')
  expect(shown()[0]).toContain('Ask: Who stopped?')
  expect(shown()[0]).toContain('*Sharp drop*')
  expect((await alerts()).map(({ driver }) => driver)).toEqual(['usage', 'usage', 'usage'])
})

it('shows the holder in every copy after a claim, and tells the next one since when', async () => {
  await acmeFalls()

  const [post] = posts()
  const asItWas = structuredClone(post)
  expect(await press(dana(), 'Claim')).toContain('Claimed by Dana since 2026-11-02 06:00 UTC')
  if (asItWas === undefined || post === undefined) throw new Error('no post')
  const edits = post.edits
  await world.slack.press(eve(), { ...asItWas, ts: post.ts }, 'Claim')
  await done(world)
  await settle(world)
  expect([...world.slack.ephemerals(dana()), ...world.slack.ephemerals(eve())]).toEqual([])
  expect(post.edits).toBeGreaterThanOrEqual(edits)

  expect(shown()[0]).toContain('Claimed by Dana since 2026-11-02 06:00 UTC')
  expect(posts()).toHaveLength(1)
  expect(shown()[0]).toContain('Acme: At risk · ● Dana has it')
  expect((await audit()).map(({ act }) => act)).toEqual(['alert.claim', 'alert.join'])
})

it('has one winner of a hundred simultaneous claims', async () => {
  await acmeFalls()
  const [post] = posts()
  if (post === undefined) throw new Error('no post')

  await Promise.all(Array.from({ length: 100 }, (_, n) => world.slack.press(n % 2 ? dana() : eve(), post, 'Claim')))

  await done(world)
  const holder = (await alerts()).find(({ claimed_by }) => claimed_by !== null)?.claimed_by
  const name = holder === dana().email ? 'Dana' : 'Eve'
  await world.slack.until(() => post.edits >= 100)
  expect(post.shown).toContain(`Claimed by ${name} since 2026-11-02 06:00 UTC`)
  expect([...world.slack.ephemerals(dana()), ...world.slack.ephemerals(eve())]).toEqual([])
  expect((await audit()).filter(({ act }) => act === 'alert.claim')).toHaveLength(1)
})

it('refuses a viewer, naming the role that may, and keeps that in the audit log', async () => {
  await acmeFalls()

  for (const button of ['Claim', 'Assign to…', 'Snooze', 'Resolve']) {
    expect(await press(world.victor, button)).toContain('you need the role csm; you are a viewer')
  }

  expect((await audit()).map(({ who, act }) => `${who} ${act}`)).toEqual(
    ['claim', 'assign', 'snooze', 'resolve'].map(act => `victor@ours.example refused:alert.${act}`),
  )
})

it('gives an alert to somebody, who hears of it alone', async () => {
  await acmeFalls()

  await fill(dana(), 'Assign to…', { to: 'eve@ours.example' })
  await done(world)
  await settle(world)

  expect(shown()[0]).toContain('Claimed by Eve')
  expect(world.slack.dms(world.eve).map(dm => dm.shown)).toEqual([
    expect.stringContaining('Dana assigned this to you.'),
  ])
})

it('refuses in place a snooze in the past, and wakes in the thread once the day has come', async () => {
  await acmeFalls()

  const form = await fill(dana(), 'Snooze', { wakes: 'day', day: '2026-11-01' })
  expect(JSON.stringify(form.errors)).toContain('not in the future')
  await world.slack.submit(dana(), form, { wakes: 'day', day: '2026-11-03' })
  await settle(world)
  expect(shown()[0]).toContain('Snoozed until 2026-11-03')
  await world.live('2026-11-03T09:00:05')

  expect(shown()[0]).toContain('○ nobody yet')
  const [root] = posts()
  const replies = root === undefined ? [] : world.slack.thread(root)
  expect(replies.at(-1)?.shown).toContain('The snooze is over.')
})

it('wakes earlier when the score falls further', async () => {
  await acmeFalls()
  await fill(dana(), 'Snooze', { wakes: 'either', day: '2026-11-30' })
  await settle(world)

  await world.has({ signals: ['acme csm_pulse 1 2026-11-02T07:00'] })
  await world.live('2026-11-02T08:00')

  expect((await alerts())[0]).toMatchObject({ kind: 'at_risk', state: 'open', wakes_at: null, wakes_below: null })
})

it('closes with a reason that stays, and answers later presses with the state', async () => {
  await acmeFalls()

  const [post] = posts()
  if (post === undefined) throw new Error('no post')
  const asItWas = { ...post }
  await fill(dana(), 'Resolve', { reason: 'They had a holiday.' })
  await settle(world)

  expect(shown()[0]).toContain('Resolved by Dana on 2026-11-02: They had a holiday.')
  await world.slack.press(eve(), asItWas, 'Claim')
  await world.slack.until(() => asItWas.shown.includes('Resolved by Dana on 2026-11-02: They had a holiday.'))
  expect(world.slack.ephemerals(eve())).toEqual([])
})

it('asks once, when it ends, whether it was useful; one verdict a person, for all that the card showed', async () => {
  await acmeFalls()

  expect(shown()[0]).not.toContain('Useful')
  await fill(dana(), 'Resolve', { reason: 'They had a holiday.' })
  await done(world)
  await settle(world)
  expect(shown()[0]).toContain('Was this useful?')
  await press(dana(), 'Useful')
  expect(shown()[0]).not.toContain('Was this useful?')
  await press(eve(), 'Wrong')
  await press(dana(), 'Already known')
  await settle(world)

  expect(shown()[0]).toContain('Already known: 1, Wrong: 1')
  const said = (await audit()).filter(({ act }) => act === 'alert.verdict')
  expect(said.map(({ isNow }) => isNow)).toEqual(['useful', 'wrong', 'known'])
  const rated = await world.connection.db.selectFrom('alert_feedback').select(['alert', 'verdict']).execute()
  expect(rated).toHaveLength(4)
})

it('lets a second, more urgent alert of a claimed account join the first: on its card, and in its thread', async () => {
  await world.has({ signals: ['acme csm_pulse 1 2026-10-31'] })
  await acmeFalls()
  await press(dana(), 'Claim')
  await world.has({ accounts: [{ id: 'acme', name: 'Acme', owner: 'dana@ours.example', renewal_on: '2026-12-01' }] })

  await world.live('2026-11-03T06:00:05')

  const renewal = (await alerts()).find(({ kind }) => kind === 'renewal_risk')
  expect(renewal).toMatchObject({ state: 'claimed', claimed_by: 'dana@ours.example' })
  const [root] = posts()
  const replies = root === undefined ? [] : world.slack.thread(root)
  expect(replies.at(-1)?.shown).toContain('Renewal at risk')
  expect(replies.at(-1)?.shown).toContain('Claimed by Dana')
  expect(root?.shown).toContain('Acme: Renewal at risk · ● Dana has it')
  expect(root?.shown).toContain('*At risk*')
})

it('says again only what is more urgent than all that stands there; the rest is a line of the card', async () => {
  await acmeFalls()
  const [{ account } = { account: 0 }] = await alerts()
  const opens = async (kind: AlertKind) => {
    await openAlerts(world.connection.db, [{ id: kind, account, kind, at: world.now, reason: `It ${kind}` }])
    await world.tick()
    await settle(world)
  }

  await opens('went_silent')
  expect(posts()).toHaveLength(1)
  expect(shown()[0]).toContain('Acme: At risk')
  expect(shown()[0]).toContain('*Went silent*')
  await opens('renewal_risk')

  expect(posts().map(({ threadTs }) => threadTs !== undefined)).toEqual([false, true])
  for (const text of shown()) expect(text).toContain('Acme: Renewal at risk · ○ nobody yet')
  await press(dana(), 'Claim')
  await settle(world)
  for (const text of shown()) expect(text).toContain('Claimed by Dana')
})

it('resolves by itself once the account is out of it, settled, and says so where it stands, calling nobody', async () => {
  await acmeFalls()
  const said = () => posts().flatMap(post => world.slack.thread(post)).length
  const before = said()
  await world.has({ signals: ['acme active_users 40 2026-11-02T20:00', 'acme nps 100 2026-11-02T20:00'] })

  await world.live('2026-11-03T06:00:05')
  expect((await alerts()).map(({ state }) => state)).toEqual(['open', 'open', 'open'])
  await world.live('2026-11-04T06:00:05')

  expect((await alerts()).map(({ state }) => state)).toEqual(['resolved', 'resolved', 'resolved'])
  expect(shown()[0]).toMatch(/Resolved by itself on 2026-11-04: the account is no longer/)
  expect(said()).toBe(before)
})

it('lists the alerts, those of the caller, and those that nobody has', async () => {
  await acmeFalls()
  const ask = (user: User, words: string) => askAlone(world.slack, user, `/health alerts ${words}`, world.room)
  await press(eve(), 'Claim')

  expect(await ask(dana(), '')).toContain('At risk')
  expect(await ask(dana(), 'unclaimed')).not.toContain('*Acme* At risk')
  expect(await ask(eve(), 'mine')).toContain('Claimed by Eve')
  expect(await ask(dana(), 'nonsense')).toContain('/health alerts unclaimed')
})

it('shows a list its own new state after a claim, and who was faster to the one who comes too late', async () => {
  await acmeFalls()
  const list = (user: User) =>
    answered(world.slack, user, () => world.slack.command(user, '/health alerts', world.room))
  const [own, late] = [await list(dana()), await list(eve())]

  await pressed(world.slack, dana(), own, 'Claim')
  await pressed(world.slack, eve(), late, 'Claim')

  expect(own.shown).toContain('Acme is yours.')
  expect(own.shown).toContain('Claimed by Dana')
  expect(late.shown).toContain('*Somebody was faster* Dana claimed Acme just now.')
  expect(late.shown).toContain('Claimed by Dana')
  expect(own.shown + late.shown).not.toContain('Claim\n')
  expect([world.slack.ephemerals(dana()), world.slack.ephemerals(eve())].map(({ length }) => length)).toEqual([1, 1])
})

const dana = () => world.dana
const eve = () => world.eve

import { afterEach, beforeEach, expect, it } from 'vitest'
import type { AlertKind } from '../../src/domain/alerts/alert-kind.ts'
import { openAlerts } from '../../src/store/alerts/alerts.ts'
import { markFailure } from '../../src/store/delivery/message-outcomes.ts'
import { type AlertWorld, createAlertWorld, done, settle } from '../support/alert-world.ts'
import type { Message, User } from '../support/fake-slack/index.ts'
import { answered, pressed } from '../support/small-company.ts'
import { SMALL_MODEL } from '../support/small-model.ts'
import { PLAYBOOKS } from './tasks-world.ts'

/** What stands in a place for all open alerts of an account. */

let world: AlertWorld

beforeEach(async () => {
  world = await createAlertWorld({ model: SMALL_MODEL + PLAYBOOKS })
  await world.fall('acme', '2026-11-01')
  await world.live('2026-11-02T06:00:05')
})

afterEach(() => world.close())

const posts = () => world.slack.messages(world.room)
const post = () => {
  const [first] = posts()
  if (first === undefined) throw new Error('no post')
  return first
}
const tasksIn = (messages: readonly Message[]) => messages.filter(({ shown }) => shown.includes('Find out who stopped'))

async function opens(kind: AlertKind) {
  const { db } = world.connection
  const { account } = await db.selectFrom('alerts').select('account').executeTakeFirstOrThrow()
  await openAlerts(db, [{ id: kind, account, kind, at: world.now, reason: `It ${kind}` }])
  await world.tick()
}

async function resolves(user: User, values: Record<string, string>) {
  await world.slack.press(user, post(), 'Resolve')
  const form = await world.slack.until(() => world.slack.modal(user))
  await world.slack.submit(user, form, values)
  await done(world)
  await settle(world)
}

it('counts its age when it is drawn, and is drawn again as it ages', async () => {
  expect(post().shown).toContain('Acme: At risk · ○ nobody yet')

  await world.live('2026-11-02T09:30')
  expect(post().shown).toContain('Acme: At risk · open for 3 h · ○ nobody yet')
  await world.live('2026-11-06T09:30')

  expect(post().shown).toContain('Acme: At risk · open for 4 days · ○ nobody yet')
  expect(posts().filter(({ threadTs }) => threadTs === undefined)).toHaveLength(1)
})

it('ends as a whole, or one alert of it, as somebody chooses', async () => {
  await resolves(world.dana, { reason: 'Only the drop is explained.', scope: 'one' })
  expect(post().shown).toContain('Acme: Sharp drop · ○ nobody yet')

  await resolves(world.dana, { reason: 'They had a holiday.' })

  expect(post().shown).toContain('✓ resolved')
  expect(post().shown).toContain('Was this useful?')
})

it('asks what becomes of open tasks, and skips them with the same reason', async () => {
  await resolves(world.dana, { reason: 'They had a holiday.', tasks: 'skip' })

  const rows = await world.connection.db.selectFrom('tasks').select(['state', 'note']).execute()
  expect(rows).toEqual(Array(2).fill({ state: 'skipped', note: 'They had a holiday.' }))
  await pressed(world.slack, world.dana, post(), 'Undo')
  await settle(world)

  const undone = await world.connection.db.selectFrom('tasks').select(['state', 'note']).execute()
  expect(undone).toEqual(Array(2).fill({ state: 'open', note: null }))
  expect(post().shown).toContain('Acme: At risk · ○ nobody yet')
})

it('has its tasks in its thread and where their owner is, both kept up to date', async () => {
  const [inRoom, ...more] = tasksIn(posts())
  const [own, ...others] = tasksIn(world.slack.dms(world.dana))
  expect([inRoom?.threadTs, more, others]).toEqual([post().ts, [], []])
  if (own === undefined) throw new Error('no tasks for Dana')

  await pressed(world.slack, world.dana, own, 'Acknowledge')
  await settle(world)

  for (const list of [tasksIn(posts()), tasksIn(world.slack.dms(world.dana))]) {
    expect(list.map(({ shown }) => shown)).toEqual([expect.stringContaining('● Dana is on it')])
  }
})

it('wakes when somebody says so, and takes another day as people write it', async () => {
  const snooze = async (button: string, values: Record<string, string>) => {
    await world.slack.press(world.dana, post(), button)
    const form = await world.slack.until(() => world.slack.modal(world.dana))
    await world.slack.submit(world.dana, form, { wakes: 'day', ...values })
    await done(world)
    await settle(world)
  }
  await snooze('Snooze', { typed: 'friday' })
  expect(post().shown).toContain('☾ snoozed until 2026-11-06')
  await snooze('Another day', { typed: '2bd' })
  expect(post().shown).toContain('☾ snoozed until 2026-11-04')

  await pressed(world.slack, world.eve, post(), 'Wake')
  await settle(world)

  expect(post().shown).toContain('○ nobody yet')
})

it('is said again when the message that it was added to is given up', async () => {
  await world.connection.db.updateTable('alerts').set({ state: 'resolved' }).execute()
  await opens('sharp_drop')
  await settle(world)
  await opens('went_silent')
  await settle(world)
  const { db } = world.connection
  const card = await db
    .selectFrom('outbox')
    .select('id')
    .where('subject_id', '=', 'sharp_drop')
    .executeTakeFirstOrThrow()
  await markFailure(db, card, { state: 'dead', fault: 'It was refused.' })

  const said = () => posts().map(({ shown }) => shown.split('\n')[0])
  await world.slack.until(async () => {
    world.passTo(new Date(world.now + 1_100).toISOString())
    await world.tick()
    return said().includes('Acme: Went silent · ○ nobody yet')
  })
})

it('answers why it fell with one press', async () => {
  const { shown } = await answered(world.slack, world.eve, () =>
    world.slack.press(world.eve, post(), 'Why did it fall?'),
  )

  expect(shown).toMatch(/Acme since 2026-10-03.*From 94 to 23.*36.*2/s)
})

it('shows an old message how it stands now when somebody presses it, and opens no form for what is over', async () => {
  const old = structuredClone(post())
  await resolves(world.dana, { reason: 'They had a holiday.' })

  await world.slack.press(world.eve, old, 'Snooze')
  await world.slack.until(() => old.shown.includes('Resolved by Dana'))
  expect(world.slack.modal(world.eve)).toBeUndefined()
})

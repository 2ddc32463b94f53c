import { afterEach, beforeEach, expect, it } from 'vitest'
import { type AlertWorld, createAlertWorld, done, settle } from '../support/alert-world.ts'
import { askAlone } from '../support/small-company.ts'

let world: AlertWorld

/** Acme renews on 1 December; on 3 November, when it is at risk, that is known: in 28 days. */
beforeEach(async () => {
  world = await createAlertWorld()
  await world.fall('acme', '2026-11-01')
  await world.live('2026-11-02T06:00:05')
  await world.has({ accounts: [{ id: 'acme', name: 'Acme', owner: 'dana@ours.example', renewal_on: '2026-12-01' }] })
  await world.live('2026-11-03T06:00:05')
})

afterEach(() => world.close())

const all = () =>
  world.slack.messages(world.room).flatMap(root => [root.shown, ...world.slack.thread(root).map(({ shown }) => shown)])
const renewal = () => all().find(text => text.includes('Renewal at risk')) ?? ''

async function ask(words: string) {
  return askAlone(world.slack, world.dana, `/health ${words}`, world.room)
}

async function claim() {
  const [root] = world.slack.messages(world.room)
  if (root === undefined) throw new Error('no alert was posted')
  await world.slack.press(world.dana, root, 'Claim')
  await settle(world)
}

it('counts the days to a renewal again in lists and in edited copies, and stores none', async () => {
  expect(renewal()).toContain('Renews 2026-12-01, in 28 days')

  await world.live('2026-11-06T06:00:05')

  expect(await ask('alerts')).toContain('Renews 2026-12-01, in 25 days')
  await claim()
  expect(renewal()).toContain('Renews 2026-12-01, in 25 days')
  expect(renewal()).not.toContain('in 28 days')
  const stored = await world.connection.db.selectFrom('alerts').select('reason').execute()
  expect(JSON.stringify(stored)).not.toMatch(/in \d+ days|days ago|Renews/)
})

it('keeps of a resolved alert what was true when it was resolved', async () => {
  await world.has({ signals: ['acme active_users 40 2026-11-03T20:00', 'acme nps 100 2026-11-03T20:00'] })
  for (const day of ['04', '05', '06']) await world.live(`2026-11-${day}T06:00:05`)
  expect(renewal()).toContain('Resolved by itself on 2026-11-06')
  expect(renewal()).toContain('Renews 2026-12-01, in 25 days')
  expect(renewal()).toContain('Healthy')
  await world.fall('acme', '2026-11-06')
  for (const day of ['07', '08']) await world.live(`2026-11-${day}T06:00:05`)

  const [root] = world.slack.messages(world.room)
  const post = root && world.slack.thread(root).find(({ shown }) => shown.includes('Renewal at risk'))
  if (post === undefined) throw new Error('the renewal alert was not posted')
  await world.slack.press(world.dana, post, 'Useful')
  await done(world)
  await settle(world)

  expect(renewal()).toContain('Useful: 1')
  expect(renewal()).toContain('Renews 2026-12-01, in 25 days')
  expect(renewal()).toContain('Healthy')
})

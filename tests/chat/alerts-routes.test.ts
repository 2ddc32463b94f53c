import { afterEach, expect, it } from 'vitest'
import { releaseClaim, takeClaim } from '../../src/store/claims/claims.ts'
import { SCORING } from '../../src/store/scoring/shared-runs.ts'
import { type AlertWorld, createAlertWorld, settle } from '../support/alert-world.ts'

let world: AlertWorld

afterEach(() => world.close())

const inRoom = () => world.slack.messages(world.room)
const inDms = () => world.slack.dms(world.dana).map(({ shown }) => shown)

it('posts by the first route whose condition holds and that takes the kind, and ARR to the owner alone', async () => {
  world = await createAlertWorld({
    accounts: [
      { id: 'big', name: 'Big', owner: 'dana@ours.example', segment: 'enterprise', arr: '240000' },
      { id: 'small', name: 'Small', owner: 'dana@ours.example', segment: 'other' },
    ],
    routes: ({ id }) => `
routes:
  - {when: {attribute: segment, is: enterprise}, alerts: [at_risk], to: ["slack:${id}", owner]}
  - {when: {attribute: segment, is: other}, to: [owner]}
`,
  })

  await world.fall('big', '2026-11-01')
  await world.fall('small', '2026-11-01')
  await world.live('2026-11-02T06:00:05')

  expect(inRoom().map(({ shown }) => shown)).toEqual([expect.stringContaining('Big: At risk')])
  expect(inRoom()[0]?.shown).not.toContain('240K')
  expect(inDms().filter(dm => dm.includes('Big'))).toEqual([expect.stringContaining('240K')])
  expect(inDms().filter(dm => dm.includes('Small: At risk'))).toHaveLength(1)
})

it('posts nothing without routes', async () => {
  world = await createAlertWorld({ routes: () => '{}' })

  await world.fall('acme', '2026-11-01')
  await world.live('2026-11-02T06:00:05')

  expect(await world.connection.db.selectFrom('outbox').select('id').execute()).toEqual([])
})

it('makes one summary of a storm, and sends them all when asked', async () => {
  const accounts = Array.from({ length: 4 }, (_, n) => ({ id: `a${n}`, name: `A${n}` }))
  world = await createAlertWorld({
    accounts,
    routes: ({ id }) => `{storm: {alerts: 3}, routes: [{alerts: [at_risk], to: ["slack:${id}"]}]}`,
  })

  for (const { id } of accounts) await world.fall(id, '2026-11-01')
  await world.live('2026-11-02T06:00:05')
  const [summary] = inRoom()
  if (summary === undefined) throw new Error('no summary')
  expect(inRoom()).toHaveLength(1)
  expect(summary.shown).toContain('4 alerts opened in one scoring')
  await world.slack.press(world.dana, summary, 'Send them all')
  await world.slack.until(() => world.slack.ephemerals(world.dana).at(0))
  await settle(world)

  expect(
    inRoom()
      .slice(1)
      .map(({ shown }) => shown.includes(': At risk')),
  ).toEqual([true, true, true, true])
})

it('lets a disagreement that nobody claims escalate to the admins, and never to a channel', async () => {
  world = await createAlertWorld({
    routes: ({ id }) =>
      `{admins: [eve@ours.example], routes: [{to: [owner], escalation: [{after: 2h, to: "slack:${id}"}]}]}`,
  })

  await world.fall('acme', '2026-11-01')
  await world.live('2026-11-02T06:00:05')
  await world.live('2026-11-02T12:00:05')

  const [told] = world.slack.dms(world.eve).filter(({ shown }) => shown.includes('Pulse and data disagree'))
  expect(told?.shown).toContain('Nobody has claimed this yet.')
  expect(inRoom().filter(({ shown }) => shown.includes('Pulse'))).toEqual([])
})

it('escalates nothing that it has not announced, and announces nothing while accounts are scored', async () => {
  world = await createAlertWorld({
    routes: ({ id }) => `routes: [{to: [owner], escalation: [{after: 2h, to: "slack:${id}"}]}]`,
  })
  await world.fall('acme', '2026-11-01')
  await world.live('2026-11-02T06:00:05')
  const { db } = world.connection
  await db.updateTable('alerts').set({ pending_news: 'opened' }).execute()
  const scoring = await takeClaim(db, { kind: 'job', name: SCORING, holder: 'another instance' })

  world.passTo('2026-11-02T12:00:05')
  await world.tick()
  expect(await db.selectFrom('alerts').select('id').where('escalation_step', '>', 0).execute()).toEqual([])
  if (scoring !== undefined) await releaseClaim(db, scoring)
  await world.tick()
  await settle(world)

  expect(inRoom()[0]?.shown).toContain('Nobody has claimed this yet.')
})

it('keeps a disagreement of pulse and data between Rounds and the owner', async () => {
  world = await createAlertWorld()

  await world.fall('acme', '2026-11-01')
  await world.live('2026-11-02T06:00:05')

  expect(inDms()).toEqual([expect.stringContaining('You say 5, the data says 4')])
  expect(inRoom().filter(({ shown }) => shown.includes('Pulse'))).toEqual([])
})

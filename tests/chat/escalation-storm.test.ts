import { afterEach, expect, it } from 'vitest'
import { type AlertWorld, createAlertWorld, done, settle } from '../support/alert-world.ts'
import { SMALL_MODEL } from '../support/small-model.ts'
import { PLAYBOOKS } from './tasks-world.ts'

let world: AlertWorld

afterEach(() => world.close())

const names = Array.from({ length: 12 }, (_, n) => `a${n}`)

/** Twelve accounts of Dana fall in one night, and nobody claims anything. */
async function storm() {
  world = await createAlertWorld({
    accounts: names.map(id => ({ id, name: id, owner: 'dana@ours.example' })),
    routes: ({ id }) => `
storm: {alerts: 5}
routes:
  - alerts: [at_risk, sharp_drop]
    to: ["slack:${id}"]
    escalation: [{after: 1h, to: owner}, {after: 2h, to: "slack:${id}"}, {after: 3h, to: owner}]
`,
    model: SMALL_MODEL + PLAYBOOKS,
  })
  for (const id of names) await world.fall(id, '2026-11-01')
  await world.live('2026-11-02T06:00:05')
}

const titlesOf = (messages: readonly { shown: string }[]) =>
  messages.map(({ shown }) => shown.split('\n')[0]).filter(title => /claimed|Overdue|At risk|Sharp/.test(title ?? ''))
const toDana = () => titlesOf(world.slack.dms(world.dana))
const inRoom = () => titlesOf(world.slack.messages(world.room))

it('lets the alerts of a storm escalate together, one message for each place, and wakes nobody twice', async () => {
  await storm()

  await world.live('2026-11-02T10:00:30')
  expect(toDana()).toEqual(['Not claimed yet'])
  await world.live('2026-11-02T11:00:30')
  expect(inRoom()).toEqual(['Not claimed yet'])
  await world.live('2026-11-02T12:00:30')

  expect([toDana(), inRoom()]).toEqual([['Not claimed yet'], ['Not claimed yet']])
  const [told] = world.slack.messages(world.room).filter(({ shown }) => shown.startsWith('Not claimed yet'))
  if (told === undefined) throw new Error('no list')
  expect(told.shown).toContain('12 alerts are waiting')
  expect(told.shown).toContain('And 2 more: /health alerts unclaimed.')
  await world.slack.press(world.eve, told, 'Claim')
  await done(world)
  await settle(world)
  const shown = world.slack.messages(world.room).find(({ ts }) => ts === told.ts)?.shown
  expect(shown).toContain('Claimed by Eve')
  expect(shown).toContain('11 alerts are waiting')
  expect(shown).toContain('1 claimed or closed since')
})

it('tells of the tasks that are overdue at once in one message for each place', async () => {
  await storm()
  await world.live('2026-11-02T12:00:30')

  await world.live('2026-11-02T14:00:30')

  expect(toDana()).toEqual(['Not claimed yet', 'Overdue tasks'])
  const overdue = world.slack.dms(world.dana).find(({ shown }) => shown.startsWith('Overdue tasks'))
  expect(overdue?.shown).toContain('12 tasks are overdue.')
  expect(overdue?.shown).toContain('And 2 more: /health tasks.')
})

it('says of how many accounts the alerts of a storm are', async () => {
  await storm()

  expect(world.slack.messages(world.room)[0]?.shown).toContain('24 alerts opened in one scoring, about 12 accounts.')
})

import { afterEach, expect, it } from 'vitest'
import { type AlertWorld, createAlertWorld, settle } from '../support/alert-world.ts'
import { pressed } from '../support/small-company.ts'

/** One account is one thing to act on, however many of its rules begin to hold. */

let world: AlertWorld

afterEach(() => world.close())

const LADDER = '[{after: 4h, to: owner}, {after: 8h, to: manager}]'

/** Acme falls, and renews in a month: at risk, a sharp drop, a renewal at risk, and a pulse that says otherwise. */
async function acmeFalls(ladder = '[]') {
  world = await createAlertWorld({
    accounts: [{ id: 'acme', name: 'Acme', owner: 'dana@ours.example', renewal_on: '2026-12-01' }],
    routes: ({ id }) => `routes: [{to: ["slack:${id}", owner], escalation: ${ladder}}]`,
  })
  await world.has({ people: [{ email: 'dana@ours.example', name: 'Dana', role: 'csm', manager: 'eve@ours.example' }] })
  await world.fall('acme', '2026-11-01')
  await world.live('2026-11-02T06:00:05')
}

const posts = () => world.slack.messages(world.room)
const holders = async () => {
  const { db } = world.connection
  const rows = await db.selectFrom('alerts').select(['kind', 'claimed_by']).orderBy('kind').execute()
  return rows.map(({ kind, claimed_by }) => `${kind} ${claimed_by ?? 'nobody'}`)
}

async function answerTo(button: string) {
  const [post] = posts()
  if (post === undefined) throw new Error('no post')
  return (await pressed(world.slack, world.eve, post, button)).shown
}

it('is one card in a channel, the most urgent leading', async () => {
  await acmeFalls()

  expect(posts().map(({ shown }) => shown.split('\n')[0])).toEqual(['Acme: Renewal at risk · ○ nobody yet'])
  expect(posts()[0]?.shown).toMatch(/\*At risk\*.*\*Sharp drop\*/s)
  expect(posts()[0]?.shown).not.toContain('Pulse')
})

it('is held by the person who claims any of its alerts, in every copy; what is between Rounds and the owner stays theirs', async () => {
  await acmeFalls()

  expect(await answerTo('Claim')).toContain('● Eve has it')
  await settle(world)

  expect(await holders()).toEqual([
    'at_risk eve@ours.example',
    'pulse_divergence nobody',
    'renewal_risk eve@ours.example',
    'sharp_drop eve@ours.example',
  ])
  for (const { shown } of posts()) expect(shown).toContain('Claimed by Eve')
  const joined = await world.connection.db.selectFrom('audit').select('was').where('act', '=', 'alert.join').execute()
  expect(joined).toEqual([{ was: 'Not claimed yet' }, { was: 'Not claimed yet' }])
})

it('goes over as a whole when it is assigned to somebody else', async () => {
  await acmeFalls()
  await answerTo('Claim')
  const [post] = posts()
  if (post === undefined) throw new Error('no post')

  await world.slack.press(world.eve, post, 'Assign to…')
  const form = await world.slack.until(() => world.slack.modal(world.eve))
  await world.slack.submit(world.eve, form, { to: 'dana@ours.example' })
  await settle(world)

  expect((await holders()).filter(line => line.endsWith('dana@ours.example'))).toHaveLength(3)
})

it('escalates once for all its alerts, and never to a manager with what is the owner’s own', async () => {
  await acmeFalls(LADDER)
  const after = (time: string) => world.live(`2026-11-02T${time}`)

  const [toDana, toEve] = [() => world.slack.dms(world.dana), () => world.slack.dms(world.eve)]
  const unclaimed = (dms: readonly { shown: string }[]) =>
    dms.filter(({ shown }) => shown.includes('Nobody has claimed'))

  await after('13:00:05')
  expect(unclaimed(toDana()).map(({ shown }) => shown.split('\n')[0])).toEqual([
    expect.stringContaining('Renewal at risk'),
    expect.stringContaining('Pulse and data disagree'),
  ])
  await after('17:00:05')
  await after('17:30:05')

  expect(unclaimed(toDana())).toHaveLength(2)
  expect(toEve().map(({ shown }) => shown.split('\n')[0])).toEqual([expect.stringContaining('Renewal at risk')])
})

it('escalates no further once one of its alerts is held', async () => {
  await acmeFalls(LADDER)
  await answerTo('Claim')

  await world.live('2026-11-02T17:30:05')

  expect(world.slack.dms(world.eve)).toEqual([])
})

it('keeps a disagreement of pulse and data out of the channel, also when it opens once the account is held', async () => {
  world = await createAlertWorld({
    accounts: [{ id: 'acme', name: 'Acme', owner: 'dana@ours.example' }],
  })
  await world.has({ signals: ['acme csm_pulse 2 2026-11-01T10:00'] })
  await world.fall('acme', '2026-11-01')
  await world.live('2026-11-02T06:00:05')
  await answerTo('Claim')
  await world.has({ signals: ['acme csm_pulse 5 2026-11-02T12:00'] })

  await world.live('2026-11-03T06:00:05')
  await world.slack.mention(world.eve, world.room, 'alerts')
  await world.slack.mention(world.eve, world.room, 'acme')
  await world.slack.mention(world.eve, world.room, 'timeline acme')
  await world.slack.until(() => posts().filter(({ shown }) => shown.includes('Timeline')).length === 1)

  expect(await holders()).toContain('pulse_divergence nobody')
  expect(world.slack.dms(world.dana).map(({ shown }) => shown)).toContainEqual(expect.stringContaining('You say 5'))
  expect(posts().filter(({ shown }) => /pulse.*(disagree|diverg)|The pulse says/i.test(shown))).toEqual([])
})

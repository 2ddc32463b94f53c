import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MESSAGE_KINDS, WHENS } from '../../src/domain/delivery/choices.ts'
import { addMessage } from '../../src/store/delivery/outbox.ts'
import { feedOrNone } from '../../src/store/people/calendar-feeds.ts'
import { saveChoices } from '../../src/store/people/choices.ts'
import { settle } from '../support/alert-world.ts'
import type { Channel, User } from '../support/fake-slack/index.ts'
import { SMALL_MODEL, signalsOf } from '../support/small-model.ts'
import { at, createWorld, type World } from '../support/world.ts'

let world: World
let dana: User
let room: Channel

const DANA = 'dana@ours.example'

beforeEach(async () => {
  const routes = 'admins: [boss@ours.example]\nroutes: [{to: [owner]}]\npulse_cadence: off'
  world = await createWorld({ now: '2026-11-02T12:00', files: { 'model.yaml': SMALL_MODEL, 'routes.yaml': routes } })
  dana = world.slack.addUser('Dana', DANA)
  room = world.slack.addChannel('cs')
  await world.has({
    people: [{ email: DANA, name: 'Dana', role: 'csm', time_zone: 'Europe/Berlin' }],
    accounts: [{ id: 'acme', name: 'Acme', owner: DANA }],
    signals: signalsOf('acme', 20, '2026-11-01'),
  })
  await world.start()
  await world.tick()
})

afterEach(() => world.close())

async function liveAt(time: string) {
  world.passTo(time)
  await world.tick()
  await settle(world)
}

/** A message to Dana, as it would come by itself. */
function tell(words: string, kind: 'at_risk' | 'renewal_risk' = 'at_risk', number = 1) {
  return world.connection.db.transaction().execute(async db => {
    const alert = { id: words, account: 1, kind, state: 'resolved', opened_at: world.now, reason: words }
    await db
      .insertInto('alerts')
      .values(alert)
      .onConflict(conflict => conflict.doNothing())
      .execute()
    const card = { title: words, summary: words, parts: [{ kind: 'text' as const, text: words }] }
    const key = { subject: { of: 'alert', id: words }, purpose: 'assigned', number } as const
    const to = { platform: 'slack', person: DANA }
    await addMessage(db, { ...key, to, card, alerts: [words], at: world.now, expiresAt: world.now + 3_600_000 })
  })
}

const choose = (choices: Parameters<typeof saveChoices>[2]) => saveChoices(world.connection.db, DANA, choices)
const texts = () => world.slack.dms(dana).map(({ shown }) => shown)
const timesShown = (words: string) => texts().filter(shown => shown.includes(words)).length

it('shows what somebody chose, and changes it with a form, in its own place', async () => {
  await world.slack.command(dana, '/health preferences', room)
  const card = await world.slack.until(() => world.slack.ephemerals(dana).at(0))
  expect(card.shown).toContain('Escalations, and alerts about a renewal at risk, always come at once.')
  await world.slack.press(dana, card, 'Change')
  const form = await world.slack.until(() => world.slack.modal(dana))

  await world.slack.submit(dana, form, { alerts: 'morning', pulses: 'never' })

  await world.slack.until(() => /Alerts\W+In the morning, in one message/.test(card.shown))
  expect(card.shown).toMatch(/Pulses that are due\W+Not at all/)
})

it('keeps the secret address of a calendar, and shows no more of it than its host', async () => {
  await world.slack.command(dana, '/health preferences', room)
  const card = await world.slack.until(() => world.slack.ephemerals(dana).at(0))
  const fill = async (calendar: string) => {
    const before = world.slack.tried('views.open')
    await world.slack.press(dana, card, 'Change')
    await world.slack.until(() => world.slack.tried('views.open') > before)
    const form = await world.slack.until(() => world.slack.modal(dana))
    await world.slack.submit(dana, form, { calendar })
    return form
  }
  const refused = await fill('http://calendar.example/private.ics')
  await world.slack.until(() => refused.errors.calendar?.includes('begins with https://'))

  await world.slack.submit(dana, refused, { calendar: 'webcal://calendar.example/private-5f2c/basic.ics' })
  await world.slack.until(() => card.shown.includes('calendar.example/••••'))
  const kept = () => feedOrNone(world.connection.db, DANA)
  expect(await kept()).toBe('https://calendar.example/private-5f2c/basic.ics')
  const form = await fill('')
  expect(form.shown).toContain('Now calendar.example/••••')
  expect(JSON.stringify(world.slack.calls)).not.toContain('5f2c')
  expect(await kept()).toBe('https://calendar.example/private-5f2c/basic.ics')

  await fill('off')
  await world.slack.until(() => /Calendar\W+none/.test(card.shown))
  expect(await kept()).toBeUndefined()
})

describe('what somebody wants in the morning', () => {
  beforeEach(() => choose({ when: { alerts: 'morning' } }))

  it('stands in the one message of the next morning, once', async () => {
    await tell('Globex fell')
    await tell('Initech fell')
    await liveAt('2026-11-02T13:00')
    expect(texts()).toEqual([])

    await liveAt('2026-11-03T07:31')
    await liveAt('2026-11-03T09:00')
    await liveAt('2026-11-04T07:31')

    expect(timesShown('Your morning')).toBe(1)
    expect([timesShown('Globex fell'), timesShown('Initech fell')]).toEqual([1, 1])
  })

  it('comes at once all the same where it is about a renewal at risk', async () => {
    await tell('Acme renews', 'renewal_risk')
    await liveAt('2026-11-02T12:01')
    expect(timesShown('Acme renews')).toBe(1)
  })

  it('comes at once where somebody chooses so before it is morning', async () => {
    await tell('Globex fell')
    await world.slack.command(dana, '/health preferences', room)
    const card = await world.slack.until(() => world.slack.ephemerals(dana).at(0))
    await world.slack.press(dana, card, 'Change')
    await world.slack.submit(dana, await world.slack.until(() => world.slack.modal(dana)), { alerts: 'now' })

    await world.slack.until(() => timesShown('Globex fell') === 1)
    await liveAt('2026-11-03T07:31')
    expect(timesShown('Globex fell')).toBe(1)
  })
})

it('waits until quiet hours end, and leaves out what somebody does not want at all', async () => {
  await choose({ when: { tasks: 'never' }, quiet: { from: '13:00', to: '15:00', timeZone: 'Europe/Berlin' } })
  await liveAt('2026-11-02T12:30')
  await tell('Globex fell')
  await liveAt('2026-11-02T13:59')
  expect(texts()).toEqual([])

  await liveAt('2026-11-02T14:01')

  expect(timesShown('Globex fell')).toBe(1)
})

it('whatever somebody chooses: what is critical comes at once, what is held comes once, nothing comes twice', async () => {
  const choices = fc.dictionary(fc.constantFrom(...MESSAGE_KINDS), fc.constantFrom(...WHENS))
  const runs = fc.sample(fc.tuple(choices, fc.boolean()), { numRuns: 40, seed: 11 })
  const fates: { words: string; isCritical: boolean; alerts: string }[] = []
  for (const [n, [when, isCritical]] of runs.entries()) {
    await choose({ when })
    const words = `message-${String(n).padStart(3, '0')}`
    await tell(words, isCritical ? 'renewal_risk' : 'at_risk')
    fates.push({ words, isCritical, alerts: when.alerts ?? 'now' })
  }
  await liveAt('2026-11-02T12:01')
  for (const { words, isCritical, alerts } of fates) {
    expect([words, timesShown(words)]).toEqual([words, isCritical || alerts === 'now' ? 1 : 0])
  }

  await liveAt('2026-11-03T07:31')
  await liveAt('2026-11-04T07:31')

  for (const { words, isCritical, alerts } of fates) {
    expect([words, timesShown(words)]).toEqual([words, !isCritical && alerts === 'never' ? 0 : 1])
  }
  expect(at('2026-11-04T07:31')).toBe(world.now)
})

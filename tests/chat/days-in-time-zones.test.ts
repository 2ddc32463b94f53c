import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AlertWorld, createAlertWorld, done } from '../support/alert-world.ts'

describe.each([
  // Tuesday 3 November, 17:30 there
  { zone: 'America/Los_Angeles', now: '2026-11-04T01:30:00', opens: '2026-11-04T17:00:00.000Z' },
  // Tuesday 3 November, 23:30 there
  { zone: 'Pacific/Kiritimati', now: '2026-11-03T09:30:00', opens: '2026-11-03T19:00:00.000Z' },
])('a day that somebody in $zone writes', ({ zone, now, opens }) => {
  let world: AlertWorld

  beforeEach(async () => {
    world = await createAlertWorld()
    await world.has({ people: [{ email: 'dana@ours.example', name: 'Dana', role: 'csm', time_zone: zone }] })
    await world.fall('acme', '2026-11-01')
    await world.live('2026-11-02T06:00:05')
    await world.live(now)
  })

  afterEach(() => world.close())

  const snoozed = () =>
    world.connection.db.selectFrom('alerts').selectAll().where('state', '=', 'snoozed').executeTakeFirstOrThrow()

  async function openSnooze() {
    const [post] = world.slack.messages(world.room)
    if (post === undefined) throw new Error('no post')
    await world.slack.press(world.dana, post, 'Snooze')
    return world.slack.until(() => world.slack.modal(world.dana))
  }

  async function answerTo(words: string) {
    const before = world.slack.ephemerals(world.dana).length
    await world.slack.command(world.dana, words, world.room)
    return world.slack.until(() => world.slack.ephemerals(world.dana).at(before))
  }

  it('ends a snooze when work begins on it there, and is shown to everybody as it was written', async () => {
    const form = await openSnooze()
    expect(JSON.stringify(form.view)).toContain('2026-11-10')

    await world.slack.submit(world.dana, form, { day: '2026-11-04', wakes: 'day' })

    await done(world)
    const { wakes_at } = await snoozed()
    expect(new Date(wakes_at ?? 0).toISOString()).toBe(opens)
    await world.slack.until(() => world.slack.messages(world.room)[0]?.shown.includes('Snoozed until 2026-11-04'))
  })

  it('is no day to snooze until when it is over there', async () => {
    const form = await openSnooze()

    await world.slack.submit(world.dana, form, { day: '2026-11-03', wakes: 'day' })

    expect(JSON.stringify(form.errors)).toContain('2026-11-03 is not in the future')
  })

  it('is when a task is due, at the end of work', async () => {
    const list = await answerTo('/health tasks acme')
    await world.slack.press(world.dana, list, 'Add task')
    const form = await world.slack.until(() => world.slack.modal(world.dana))
    await world.slack.submit(world.dana, form, { title: 'Call them', to: 'dana@ours.example', due: '2026-11-04' })

    await world.slack.until(() => list.shown.includes('due Wed 4 Nov, 18:00'))
  })

  it('is its own midnight for /health NAME --as-of', async () => {
    expect((await answerTo('/health acme --as-of 2026-11-03')).shown).toContain('Acme as of 2026-11-03')
    expect((await answerTo('/health acme --as-of today')).shown).toContain('Acme as of 2026-11-03')
    expect((await answerTo('/health acme --as-of 2026-11-04')).shown).toContain('is in the future')
    expect((await answerTo('/health acme since yesterday')).shown).toContain('Acme since 2026-11-02')
  })
})

import { afterEach, expect, it } from 'vitest'
import { type AlertWorld, createAlertWorld } from '../support/alert-world.ts'
import { SMALL_MODEL } from '../support/small-model.ts'
import { PLAYBOOKS } from './tasks-world.ts'

let world: AlertWorld

afterEach(() => world.close())

it('tells in order what mattered: the reading, the change of band, the alert, its task, who took it and what came of it', async () => {
  world = await createAlertWorld({ model: SMALL_MODEL + PLAYBOOKS })
  await world.fall('acme', '2026-11-01')
  await world.live('2026-11-02T06:00:05')
  const [post] = world.slack.messages(world.room)
  if (post === undefined) throw new Error('no post')
  world.passTo('2026-11-02T10:00')
  await world.slack.press(world.dana, post, 'Claim')
  await world.slack.until(() => post.shown.includes('Claimed by Dana'))
  world.passTo('2026-11-02T15:00')
  await world.slack.press(world.dana, post, 'Resolve')
  const form = await world.slack.until(() => world.slack.modal(world.dana))
  await world.slack.submit(world.dana, form, { reason: 'A holiday.' })
  await world.slack.until(() => post.shown.includes('Resolved by Dana'))

  await world.slack.command(world.dana, '/health timeline acme', world.room)
  const { shown } = await world.slack.until(() => world.slack.ephemerals(world.dana).at(0))

  const story = [
    'Alert resolved: At risk: A holiday., Dana',
    'Alert claimed: At risk, Dana',
    'Alert: At risk. 2 of 40 seats used, 36 a month earlier',
    'because of Usage',
    'Active users 36 → 2',
  ]
  expect(shown).toContain('Task for Dana: Find out who stopped')
  const places = story.map(line => [line, shown.indexOf(line)] as const)
  expect(places.filter(([, at]) => at === -1)).toEqual([])
  expect(shown.indexOf(story[0] ?? '')).toBeLessThan(shown.indexOf(story[1] ?? ''))
  expect(shown.indexOf(story[1] ?? '')).toBeLessThan(shown.indexOf(story[2] ?? ''))
  expect(shown.indexOf(story[2] ?? '')).toBeLessThan(shown.indexOf(story[4] ?? ''))
})

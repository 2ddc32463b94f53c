import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Channel, User } from '../support/fake-slack/index.ts'
import { askAlone, smallCompany } from '../support/small-company.ts'
import type { World } from '../support/world.ts'

let world: World
let dana: User
let boss: User
let room: Channel

beforeEach(async () => {
  ;({ world, dana, boss, room } = await smallCompany())
  await world.start()
})

afterEach(() => world.close())

const rate = async (rating: string) => {
  await world.slack.command(dana, '/health pulse acme', room)
  const form = await world.slack.until(() => {
    const modal = world.slack.modal(dana)
    return modal?.shown.includes('Submit pulse') && modal
  })
  await world.slack.submit(dana, form, { rating, note: 'As it is.' })
}

const answerTo = async (user: User, words: string) => {
  return askAlone(world.slack, user, words, room)
}

it('shows an admin who did what, before and after', async () => {
  await rate('4')
  world.passTo('2026-11-02T09:00')
  await rate('2')

  const shown = await answerTo(boss, '/health audit acme')

  expect(shown).toContain('dana@ours.example: pulse.submit: 4 of 5 -> 2 of 5')
})

it('names the role that may read it to anybody else, and keeps that it was asked', async () => {
  const refusal = await answerTo(dana, '/health audit acme')

  expect(refusal).toContain('To read the audit log you need the role admin; you are a csm.')
  expect(await answerTo(boss, '/health audit acme')).toContain('dana@ours.example: refused:audit.read')
})

it('answers the admin alone, also in a channel', async () => {
  await world.slack.mention(boss, room, 'audit acme')

  const { shown } = await world.slack.until(() => world.slack.ephemerals(boss).at(0))
  expect(shown).toContain('Nobody has done anything about Acme yet.')
  expect(world.slack.messages(room)).toEqual([])
})

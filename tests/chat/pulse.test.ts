import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Channel, User } from '../support/fake-slack/index.ts'
import { smallCompany } from '../support/small-company.ts'
import type { World } from '../support/world.ts'

let world: World
let dana: User
let victor: User
let room: Channel

beforeEach(async () => {
  ;({ world, dana, victor, room } = await smallCompany())
  await world.start()
})

afterEach(() => world.close())

const pulses = () => world.connection.db.selectFrom('pulses').selectAll().execute()

const openForm = async (user = dana) => {
  await world.slack.command(user, '/health pulse acme', room)
  return world.slack.until(() => world.slack.modal(user))
}

it('keeps a pulse, rescores the account and shows the effect', async () => {
  const form = await openForm()

  await world.slack.submit(dana, form, { rating: '1', note: 'The sponsor stopped answering.', reasons: ['sponsor'] })

  const effect = await world.slack.until(() => world.slack.modal(dana))
  expect(effect.shown).toContain('The score goes from 70 to 50.')
  expect(effect.shown).toContain('Relationship -20')
  expect(await pulses()).toMatchObject([{ person: 'dana@ours.example', rating: 1, reasons: '["sponsor"]' }])
})

it('says in place what is wrong with a pulse, and keeps nothing of it', async () => {
  const form = await openForm()

  await world.slack.submit(dana, form, { rating: '5', note: ' ' })

  expect(form.isOpen).toBe(true)
  expect(JSON.stringify(form.errors)).toContain('Say why')
  expect(await pulses()).toEqual([])
})

it('makes one pulse of a form that is submitted twice', async () => {
  const form = await openForm()
  const values = { rating: '5', note: 'They renewed early.' }

  await Promise.all([world.slack.submit(dana, form, values), world.slack.submit(dana, form, values)])

  expect(await pulses()).toHaveLength(1)
})

it('tells somebody unknown that they are a viewer, and how to be added', async () => {
  await world.slack.command(victor, '/health pulse acme', room)

  const { shown } = await world.slack.until(() => world.slack.ephemerals(victor).at(0))
  expect(shown).toContain('you need the role csm; you are a viewer')
  expect(shown).toContain('An admin can add victor@ours.example')
  expect(world.slack.modal(victor)).toBeUndefined()
})

it('takes the admins from the routes', async () => {
  const boss = world.slack.addUser('Boss', 'boss@ours.example')

  const form = await openForm(boss)

  expect(form.shown).toContain('Submit pulse')
})

it('offers a button where no form can be opened', async () => {
  await world.slack.mention(dana, room, 'pulse acme')
  const offer = await world.slack.until(() => world.slack.messages(room).at(0) ?? world.slack.ephemerals(dana).at(0))

  await world.slack.press(dana, offer, 'Submit pulse')

  expect((await world.slack.until(() => world.slack.modal(dana))).shown).toContain('Acme')
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addMessage } from '../../src/store/delivery/outbox.ts'
import { feedOrNone } from '../../src/store/people/calendar-feeds.ts'
import { noticeCard } from '../../src/views/parts/answer-cards.ts'
import type { Channel, User } from '../support/fake-teams/index.ts'
import { named } from '../support/named-message.ts'
import { SMALL_MODEL, signalsOf } from '../support/small-model.ts'
import { isThing, type Thing, thingsOf } from '../support/thing.ts'
import { createWorld, type World } from '../support/world.ts'

/** What only Teams has: forms inside cards, the message extension, message actions, being uninstalled. */
let world: World
let dana: User
let room: Channel

beforeEach(async () => {
  world = await createWorld({ now: '2026-11-02T08:00', files: { 'model.yaml': SMALL_MODEL }, platforms: ['teams'] })
  dana = world.teams.addUser('Dana')
  room = world.teams.addChannel('cs')
  await world.has({
    people: [{ email: 'dana@ours.example', name: 'Dana', role: 'csm' }],
    accounts: [
      { id: 'acme', name: 'Acme', arr: '240000' },
      { id: 'acme-labs', name: 'Acme Labs' },
    ],
    signals: signalsOf('acme', 36, '2026-11-01'),
  })
  await world.start()
})

afterEach(() => world.close())

const answerTo = async (words: string, user = dana) => {
  const before = world.teams.dms(user).length
  await world.teams.say(user, words)
  return world.teams.until(() => world.teams.dms(user).at(before))
}

const extensionIn = (body: unknown): Thing =>
  isThing(body) && isThing(body.composeExtension) ? body.composeExtension : {}

it('takes a pulse inside the card, where a client has no dialogs, and says in place what is wrong', async () => {
  const card = await answerTo('acme')
  const pulses = () => world.connection.db.selectFrom('pulses').selectAll().execute()

  const form = await world.teams.press(dana, card, 'Submit pulse (in this card)')
  expect(form).toMatchObject({ kind: 'card', says: expect.stringContaining('Submit pulse') })
  const refused = await world.teams.press(dana, card, 'submit', { rating: '1', note: ' ' })
  expect(refused.says).toMatch(/⚠.*Say why/)
  expect(await pulses()).toEqual([])
  const effect = await world.teams.press(dana, card, 'submit', { rating: '1', note: 'The sponsor left.' })

  expect(effect.says).toContain('The score goes from 94 to 74.')
  expect(await pulses()).toHaveLength(1)
})

it('puts the outcome in the place of a form that was a message of its own, and Teams cannot put the form back', async () => {
  const form = await answerTo('pulse acme')
  expect(form.shown).toContain('Submit pulse')

  await world.teams.press(dana, form, 'submit', { rating: '1', note: ' ' })
  expect(world.teams.dms(dana)).toHaveLength(1)
  await world.teams.press(dana, form, 'submit', { rating: '1', note: 'The sponsor left.' })

  await world.teams.until(() => world.teams.dms(dana)[0]?.shown.includes('Thank you. Your 1 of 5 is saved.'))
  expect(world.teams.dms(dana)[0]?.shown).not.toContain('Submit pulse')
  expect(world.teams.dms(dana)).toHaveLength(1)
})

it.each(['Submit pulse', 'Submit pulse (in this card)'])('%s invites no more once the form was sent', async label => {
  await world.teams.say(dana, 'help')
  await world.teams.until(() => world.teams.dms(dana)[0])
  await world.teams.mention(dana, room, 'pulse acme')
  const offer = await world.teams.until(() => world.teams.dms(dana)[1])
  expect(offer.shown).toContain('one press away')

  const opened = await world.teams.press(dana, offer, label)
  const [form, submit] = opened.kind === 'dialog' ? ([opened.dialog, 'Submit'] as const) : ([offer, 'submit'] as const)
  await world.teams.press(dana, form, submit, { rating: '1', note: ' ' })
  expect(world.teams.dms(dana)[1]?.shown).toContain('one press away')
  await world.teams.press(dana, form, submit, { rating: '4', note: 'All well.' })

  await world.teams.until(() => world.teams.dms(dana)[1]?.shown.includes('Your 4 of 5 is saved.'))
  expect(world.teams.dms(dana)[1]?.shown).not.toMatch(/one press away|Submit pulse/)
})

it('finds accounts in the message extension, and puts the chosen card into the message, without its revenue', async () => {
  const found = await world.teams.search(dana, { channel: room }, 'search', 'acm')
  const results = thingsOf(extensionIn(found.body).attachments)
  expect(JSON.stringify(results.map(({ preview }) => preview))).toContain('Acme Labs')
  const chosen = results.find(({ preview }) => JSON.stringify(preview).includes('94 · Healthy'))

  expect(JSON.stringify(chosen?.content)).toContain('36 of 40 seats used')
  expect(JSON.stringify(results)).not.toContain('240K')
  expect(world.teams.dms(dana)).toEqual([])
})

it('keeps a message for the timeline of an account', async () => {
  const eve = world.teams.addUser('Eve')
  const message = world.teams.write(eve, room, 'Their new sponsor loves the reports.')

  const opened = await world.teams.shortcut(dana, message, 'add_to_timeline')
  if (opened.kind !== 'dialog') throw new Error(`no dialog, but ${opened.says}`)
  const offered = await world.teams.type(dana, opened.dialog, 'account', 'acm')
  expect(Object.keys(offered)).toContain('acme')
  const [submit] = thingsOf(opened.dialog.card?.actions)
  await world.teams.press(dana, opened.dialog, String(submit?.title), { account: 'acme' })

  const comments = await world.connection.db.selectFrom('comments').selectAll().execute()
  expect(JSON.stringify(comments)).toContain('Their new sponsor loves the reports.')
})

it('answers an empty mention, an unknown command and a stranger to the people file with a sentence', async () => {
  const someone = world.teams.addUser('Someone', { email: undefined })
  await world.teams.mention(someone, room, '')

  const inRoom = await world.teams.until(() => world.teams.messages(room).at(0))
  expect(inRoom.shown.length).toBeGreaterThan(10)
  expect((await answerTo('expln acme')).shown).toContain('There is no command "expln"')
  expect((await answerTo('pulse acme', someone)).shown).toContain('you are a viewer')
})

it('parks what is for a team that it was taken out of', async () => {
  await world.teams.install(dana, room)
  await world.teams.until(() => world.teams.messages(room).length === 1)
  await world.teams.uninstall(dana, room)
  const card = noticeCard('Alert', 'Acme falls.')
  await addMessage(world.connection.db, {
    ...named('one'),
    to: { platform: 'teams', channel: room.id },
    card,
    alerts: [],
    at: world.now,
  })
  const message = () =>
    world.connection.db.selectFrom('outbox').select('state').where('subject_id', '=', 'one').executeTakeFirst()

  for (let tries = 0; tries < 400 && (await message())?.state !== 'parked'; tries += 1) {
    await new Promise(resolve => setTimeout(resolve, 10))
  }

  expect(await message()).toEqual({ state: 'parked' })
  expect(world.teams.messages(room)).toHaveLength(1)
})

it('puts the card of an account into a message when the address of its page is pasted, as the conversation may see it', async () => {
  world.writeSettings({ 'routes.yaml': 'crm_links: "https://app.hubspot.com/contacts/*/company/{id}"' })
  await world.stop()
  await world.start()
  await world.teams.install(dana, room)
  const link = (id: string) => `https://app.hubspot.com/contacts/1/company/${id}`
  const pasted = async (url: string, place: Parameters<typeof world.teams.pasteLink>[1]) => {
    const { status, body } = await world.teams.pasteLink(dana, place, url)
    expect(status).toBe(200)
    return thingsOf(extensionIn(body).attachments)
  }

  const [found, ...others] = await pasted(link('acme'), { channel: room })
  expect(JSON.stringify(found)).toContain('94 · Healthy')
  expect(JSON.stringify(found)).toContain('Submit pulse')
  expect(JSON.stringify(found)).not.toContain('240')
  expect(others).toEqual([])
  for (const url of [link('nobody'), link('..%2Facme'), `${link('acme')}/company/acme-labs`, link('a'.repeat(5_000))]) {
    expect(await pasted(url, { channel: room })).toEqual([])
  }

  world.passTo('2026-11-02T08:05')
  room.outsiders.add(world.teams.addUser('Guest', { isGuest: true }).id)
  expect(await pasted(link('acme'), { channel: room })).toEqual([])
})

it('keeps the secret address of a calendar, and shows no more of it than its host', async () => {
  const card = await answerTo('preferences')
  await world.teams.press(dana, card, 'Change (in this card)')

  await world.teams.press(dana, card, 'submit', { calendar: 'https://calendar.example/private-5f2c/basic.ics' })

  const shown = await answerTo('preferences')
  expect(shown.shown).toContain('calendar.example/••••')
  expect(shown.shown).not.toContain('5f2c')
  expect(await feedOrNone(world.connection.db, 'dana@ours.example')).toContain('5f2c')
})

describe('a list as a file', () => {
  const isScored = async () =>
    (await world.connection.db.selectFrom('current_status').select('account').execute()).length === 2
  const offered = async () => {
    await world.teams.until(isScored)
    const list = await answerTo('list')
    const effect = await world.teams.press(dana, list, 'Export CSV')
    expect(effect.says).toContain('2 accounts as a CSV file, once you allow it in your direct messages.')
    return world.teams.until(() => world.teams.dms(dana).find(({ file }) => file !== undefined))
  }
  const stored = (path: string) => world.teams.tenant.uploads.get(path)

  it('goes into the OneDrive of the one who asked, once they allow it', async () => {
    const question = await offered()
    expect(question.shown).toBe('accounts-2026-11-02.csv')

    const path = await world.teams.consent(dana, question, 'accept')

    await world.teams.until(() => world.teams.dms(dana).find(({ file }) => file?.contentUrl !== undefined))
    expect(stored(path)).toContain('acme,Acme,94,healthy')
    await world.teams.until(() => question.isDeleted)
  })

  it('goes nowhere when they decline, nor for anybody else, nor twice', async () => {
    const ben = world.teams.addUser('Ben')
    const question = await offered()
    const stolen = await world.teams.consent(ben, question, 'accept')
    const declined = await world.teams.consent(dana, question, 'decline')
    await world.teams.until(() => question.isDeleted)
    const again = await world.teams.consent(dana, question, 'accept')

    await world.teams.until(() => world.teams.dms(dana).find(({ shown }) => shown.includes('no longer here')))
    expect([stolen, declined, again].map(stored)).toEqual([undefined, undefined, undefined])
  })

  it('goes to no address but one of Microsoft', async () => {
    await world.teams.consent(dana, await offered(), 'accept', 'https://sharepoint.com.evil.example/put')

    await world.teams.until(() => world.teams.dms(dana).find(({ shown }) => shown.includes('did not take the file')))
  })
})

describe('a channel', () => {
  beforeEach(() => world.teams.install(dana, room))

  it('is found by its name, and gets the account that is shared with it', async () => {
    const card = await answerTo('acme')
    const form = await world.teams.press(dana, card, 'Share to channel')
    if (form.kind !== 'dialog') throw new Error(form.kind)

    const found = await world.teams.type(dana, form.dialog, 'channel', 'cs')
    expect(Object.values(found)).toEqual(['Customer Success › cs'])
    await world.teams.press(dana, form.dialog, 'Share', { channel: room.id, note: 'Please look' })

    const shared = await world.teams.until(() => world.teams.messages(room).find(({ shown }) => shown.includes('look')))
    expect(shared.shown).toContain('Dana: Please look')
    expect(shared.shown).not.toContain('240K')
  })

  it('that others read along in is refused by its name', async () => {
    const guest = world.teams.addUser('Gast', { isGuest: true })
    room.outsiders.add(guest.id)
    const form = await world.teams.press(dana, await answerTo('acme'), 'Share to channel')
    if (form.kind !== 'dialog') throw new Error(form.kind)

    const effect = await world.teams.press(dana, form.dialog, 'Share', { channel: room.id })

    expect(effect.says).toContain(
      'Acme was not shared. People from outside your company can read Customer Success › cs.',
    )
    expect(world.teams.messages(room).filter(({ shown }) => shown.includes('Acme'))).toEqual([])
  })
})

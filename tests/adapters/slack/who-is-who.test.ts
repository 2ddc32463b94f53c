import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Channel, User } from '../../support/fake-slack/index.ts'
import { SMALL_MODEL, signalsOf } from '../../support/small-model.ts'
import { createWorld, type World } from '../../support/world.ts'

/** What Slack says of people and channels, and what comes of it; over HTTP, as Slack sends it. */
let world: World
let cs: Channel

beforeEach(async () => {
  world = await createWorld({ now: '2026-11-02T08:00', files: { 'model.yaml': SMALL_MODEL } })
  cs = world.slack.addChannel('cs')
  await world.has({
    people: [{ email: 'dana@ours.example', name: 'Dana', role: 'csm' }],
    accounts: [{ id: 'rival', name: 'Rival Corp', owner: 'dana@ours.example', arr: '990000' }],
    signals: signalsOf('rival', 36, '2026-11-01'),
  })
})

afterEach(() => world.close())

/** What somebody reads alone after asking in a channel, and what stands there for all. */
async function asks(user: User, words = 'rival') {
  const before = world.slack.ephemerals(user).length + world.slack.messages(cs).length
  await world.slack.mention(user, cs, words)
  await world.slack.until(() => world.slack.ephemerals(user).length + world.slack.messages(cs).length > before)
  return {
    alone: world.slack.ephemerals(user).at(-1)?.shown ?? '',
    inRoom: world.slack
      .messages(cs)
      .map(({ shown }) => shown)
      .join(),
  }
}

describe('somebody who does not belong', () => {
  beforeEach(() => world.start())

  it.each<[string, Partial<User>, string]>([
    [
      'of a workspace that a channel is shared with',
      { teamId: 'T9THEIRS', isStranger: true },
      'only answers people in its own',
    ],
    ['whom Slack calls a stranger', { isStranger: true }, 'only answers people in its own'],
    ['with access to some channels', { isRestricted: true }, 'does not answer guests'],
    ['with access to one channel', { isRestricted: true, isUltraRestricted: true }, 'does not answer guests'],
    ['who is deactivated', { isDeleted: true }, 'deactivated'],
  ])('%s reads one sentence, alone', async (_, more, sentence) => {
    const buyer = world.slack.addUser('Buyer', 'buyer@elsewhere.example', more)

    const { alone, inRoom } = await asks(buyer)

    expect(alone).toContain(sentence)
    expect(`${alone}${inRoom}`).not.toMatch(/Rival|990/)
  })

  it('is refused a command, a press, a form and a search too', async () => {
    const { slack } = world
    const dana = slack.addUser('Dana')
    await slack.command(dana, '/health rival', cs)
    const card = await slack.until(() => slack.ephemerals(dana).at(-1))
    await slack.press(dana, card, 'Submit pulse')
    const form = await slack.until(() => slack.modal(dana))
    const note = await slack.write(dana, cs, 'They wrote')
    await slack.shortcut(dana, note, 'add_to_timeline')
    const comment = await slack.until(() => [slack.modal(dana)].find(modal => modal !== form))
    dana.isDeleted = true
    world.passTo('2026-11-02T08:05')

    expect(await slack.type(dana, comment, 'account', 'riv')).toEqual({})
    await slack.submit(dana, form, { rating: '5', note: 'Fine.' })
    expect(form.shown).toContain('deactivated')
    for (const act of [() => slack.command(dana, '/health rival', cs), () => slack.press(dana, card, 'Explain')]) {
      const before = slack.ephemerals(dana).length
      await act()
      expect((await slack.until(() => slack.ephemerals(dana).at(before))).shown).toContain('deactivated')
    }
    expect(await world.connection.db.selectFrom('pulses').selectAll().execute()).toEqual([])
  })

  it('gains nothing from an address that their own workspace gave them', async () => {
    world.slack.addUser('Dana')
    const fake = world.slack.addUser('Mallory', 'dana@ours.example', { teamId: 'T9THEIRS' })

    expect((await asks(fake)).alone).toContain('only answers people in its own')
  })

  it('is answered once the people file names them', async () => {
    const partner = world.slack.addUser('Partner', 'pat@partner.example', { teamId: 'T9THEIRS', isStranger: true })
    await world.has({ people: [{ email: 'pat@partner.example', name: 'Pat', role: 'viewer' }] })

    expect((await asks(partner)).inRoom).toContain('Rival Corp')
  })
})

describe('on Enterprise Grid', () => {
  beforeEach(async () => {
    world.slack.joinGrid('E0OURS')
    await world.start()
  })

  it('a colleague of a sister workspace is answered, and nobody of another organization', async () => {
    const sister = world.slack.addUser('Sis', 'sis@ours.example', { teamId: 'T0SISTER', enterpriseId: 'E0OURS' })
    const other = world.slack.addUser('Otto', 'otto@theirs.example', { teamId: 'T9THEIRS', enterpriseId: 'E9THEIRS' })

    expect((await asks(other)).alone).toContain('only answers people in its own')
    expect((await asks(sister)).inRoom).toContain('Rival Corp')
  })
})

describe('a channel that is shared with another company', () => {
  beforeEach(() => world.start())

  it.each<[string, Partial<Channel>]>([
    ['shared', { isExtShared: true }],
    ['about to be shared', { isPendingExtShared: true }],
  ])('%s: a colleague is answered there alone', async (_, more) => {
    Object.assign(cs, more)
    const dana = world.slack.addUser('Dana')

    const { alone, inRoom } = await asks(dana)

    expect(alone).toContain('Rival Corp')
    expect(inRoom).toBe('')
  })

  it('gets no card that somebody shares from an answer of their own', async () => {
    const { slack } = world
    cs.isExtShared = true
    const dana = slack.addUser('Dana')
    await slack.command(dana, '/health rival', cs)
    const card = await slack.until(() => slack.ephemerals(dana).at(-1))

    await slack.press(dana, card, { action: 'share' })
    const form = await slack.until(() => slack.modal(dana))

    for (const values of [{}, { channel: cs.id }]) {
      await slack.submit(dana, form, values)
      expect(form.errors).toEqual({ channel: expect.stringContaining('People from outside your company can read #cs') })
    }
    expect(slack.messages(cs)).toEqual([])
  })

  it('is taken for shared while Slack does not say', async () => {
    const dana = world.slack.addUser('Dana')
    world.slack.fail('conversations.info', { error: 'missing_scope' })

    expect((await asks(dana)).inRoom).toBe('')
  })
})

it('answers what is personal to the person, in whatever channel it is asked', async () => {
  await world.start()
  const dana = world.slack.addUser('Dana')

  for (const words of ['', 'pulses', 'tasks', 'alerts mine', 'preferences']) {
    expect((await asks(dana, words)).inRoom, words).toBe('')
  }
  expect(world.slack.ephemerals(dana).at(0)?.shown).toContain('990K')
})

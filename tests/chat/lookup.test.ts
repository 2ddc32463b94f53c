import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Channel, User } from '../support/fake-slack/index.ts'
import { SMALL_MODEL, signalsOf } from '../support/small-model.ts'
import { createWorld, type World } from '../support/world.ts'

describe.each(['http', 'socket'] as const)('/health over %s', way => {
  let world: World
  let dana: User
  let room: Channel

  beforeEach(async () => {
    world = await createWorld({ now: '2026-11-02T08:00', way, files: { 'model.yaml': SMALL_MODEL } })
    dana = world.slack.addUser('Dana', 'dana@ours.example')
    room = world.slack.addChannel('cs')
    await world.has({
      people: [{ email: 'dana@ours.example', name: 'Dana', role: 'csm' }],
      accounts: [
        { id: 'acme', name: 'Acme', owner: 'dana@ours.example', arr: '240000', renewal_on: '2026-12-02' },
        { id: 'acme-labs', name: 'Acme Labs', owner: 'dana@ours.example' },
        { id: 'globex', name: 'Globex', owner: 'else@ours.example' },
        { id: 'evil', name: '<!channel> *x* _y_ `z`' },
      ],
      signals: [
        ...signalsOf('acme', 14, '2026-11-01'),
        ...signalsOf('globex', 40, '2026-11-01'),
        ...signalsOf('evil', 1, '2026-11-01'),
      ],
    })
    await world.start()
  })

  afterEach(() => world.close())

  const answerTo = async (text: string) => {
    const before = world.slack.ephemerals(dana).length
    await world.slack.command(dana, text, room)
    return world.slack.until(() => world.slack.ephemerals(dana).at(before))
  }

  it('shows the caller alone the score and its reasons', async () => {
    const { shown } = await answerTo('/health acme')

    expect(shown).toContain('Acme')
    expect(shown).toContain('61 · Needs attention')
    expect(shown).toContain('14 of 40 seats used (39 points lost)')
    expect(shown).toContain('Dana')
    expect(shown).toContain('$240K')
    expect(shown).toContain('Compared with 30 days ago: not enough data then.')
    expect(world.slack.messages(room)).toEqual([])
  })

  it.each([
    ['an exact name, though another begins with it', 'acme', '14 of 40 seats used'],
    ['a prefix', 'glob', 'Globex'],
    ['a part', 'labs', 'Acme Labs'],
    ['a typo', 'globxe', 'Globex'],
    ['an id', 'acme-labs', 'Acme Labs'],
    ['quotes', '"Globex"', 'Globex'],
  ])('finds an account by %s', async (_, words, expected) => {
    expect((await answerTo(`/health ${words}`)).shown).toContain(expected)
  })

  it('offers a choice when several are meant, and goes on with the chosen one', async () => {
    const choice = await answerTo('/health acm')
    expect(choice.shown).toContain('Which account do you mean')

    const before = world.slack.ephemerals(dana).length
    await world.slack.press(dana, choice, { action: 'show', value: 'acme-labs' })

    const card = await world.slack.until(() => world.slack.ephemerals(dana).at(before))
    expect(card.shown).toContain('Acme Labs')
    expect(card.shown).toContain('Not enough data')
  })

  it('names the nearest command and the help for words that mean nothing', async () => {
    const { shown } = await answerTo('/health lits')

    expect(shown).toContain('no account called "lits"')
    expect(shown).toContain('/health list')
    expect(shown).toContain('/health help')
  })

  it('does not take a mistyped command for an account that is called a little like it', async () => {
    const { shown } = await answerTo('/health expln acme')

    expect(shown).toContain('There is no command "expln"')
    expect(shown).toContain('/health explain acme')
  })

  it("lists the caller's own accounts, worst first, when asked for nothing", async () => {
    const { shown } = await answerTo('/health')

    expect(shown).toContain('Your accounts')
    expect(shown).toContain('Acme Labs')
    expect(shown).not.toContain('Globex')
  })

  it('explains every point, and the points add up', async () => {
    const { shown } = await answerTo('/health explain acme')

    expect(shown).toContain('Sum: 21 + 20 + 20 = 61 of 100.')
  })

  it('pages nobody and breaks no layout, whatever an account is called', async () => {
    const card = await answerTo('/health evil')
    await world.slack.press(dana, card, 'Share to channel')
    await world.slack.submit(dana, await world.slack.until(() => world.slack.modal(dana)))
    await world.slack.until(() => world.slack.messages(room).at(0))

    expect(card.shown).toContain('*x* _y_ `z`')
    expect(world.slack.paged).toEqual([])
    expect(world.slack.refusals).toEqual([])
  })

  it('shares the card with the channel, without the revenue', async () => {
    await world.slack.press(dana, await answerTo('/health acme'), 'Share to channel')
    await world.slack.submit(dana, await world.slack.until(() => world.slack.modal(dana)), { note: 'Look <!channel>' })

    const shared = await world.slack.until(() => world.slack.messages(room).at(0))
    expect(shared.shown).toContain('Dana: Look <!channel>')
    expect(world.slack.paged).toEqual([])
    expect(shared.shown).toContain('61 · Needs attention')
    expect(shared.shown).not.toContain('240K')
  })

  it('shares it to the channel that was chosen, and says who shared it', async () => {
    const other = world.slack.addChannel('leads')
    await world.slack.press(dana, await answerTo('/health acme'), 'Share to channel')
    await world.slack.submit(dana, await world.slack.until(() => world.slack.modal(dana)), { channel: other.id })

    const shared = await world.slack.until(() => world.slack.messages(other).at(0))
    expect(shared.shown).toContain('Shared by Dana.')
    expect(world.slack.messages(room)).toEqual([])
  })

  it('answers a mention in its thread, and a direct message where it was written', async () => {
    await world.slack.mention(dana, room, 'acme')
    const inThread = await world.slack.until(() => world.slack.messages(room).at(0))
    await world.slack.dm(dana, 'globex')
    const inDm = await world.slack.until(() => world.slack.dms(dana).at(0))

    expect(inThread.threadTs).toBeDefined()
    expect(inThread.shown).toContain('Acme')
    expect(inDm.shown).toContain('Globex')
  })
})

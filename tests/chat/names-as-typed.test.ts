import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Channel, User } from '../support/fake-slack/index.ts'
import { askAlone } from '../support/small-company.ts'
import { signalsOf } from '../support/small-model.ts'
import { createWorld, type World } from '../support/world.ts'

describe('words that people type', () => {
  let world: World
  let dana: User
  let room: Channel

  beforeEach(async () => {
    world = await createWorld({ now: '2026-11-02T08:00', way: 'http' })
    dana = world.slack.addUser('Dana', 'dana@ours.example')
    room = world.slack.addChannel('cs')
    await world.has({
      people: [{ email: 'dana@ours.example', name: 'Dana', role: 'csm' }],
      accounts: [
        { id: 'a1', name: 'Straße AG' },
        { id: 'a2', name: 'Müller GmbH' },
        { id: 'a3', name: 'Rookhollow Games' },
        { id: 'a4', name: 'Thanks Corp' },
        { id: 'a5', name: 'Hillside' },
        { id: 'a6', name: 'Yo' },
        { id: 'a7', name: 'J.P. Morgan & Co.' },
      ],
      signals: signalsOf('a1', 14, '2026-09-01'),
    })
    await world.start()
  })

  afterEach(() => world.close())

  const answerTo = (text: string) => askAlone(world.slack, dana, text, room)

  it.each([
    ['strasse', 'Straße AG'],
    ['MUELLER', 'Müller GmbH'],
    ['muller', 'Müller GmbH'],
    ['mueller inc', 'Müller GmbH'],
    ['jpmorgan', 'J.P. Morgan'],
    ['jp morgan and co', 'J.P. Morgan'],
  ])('find the account that is meant: %s', async (words, name) => {
    const shown = await answerTo(`/health ${words}`)

    expect(shown).toContain(name)
    expect(shown).toContain('Not enough data')
  })

  it('offer what stands only inside of a word, and never answer with it', async () => {
    const shown = await answerTo('/health ame')

    expect(shown).toContain('There is no account called "ame"')
    expect(shown).not.toContain('Not enough data')
  })

  it('say back which command was understood when no account is meant', async () => {
    expect(await answerTo('/health explain zzzz')).toContain('I understood /health explain and the name of an account')
  })

  it.each(['hi', 'Hello!', 'thanks', 'thank you so much :pray:', 'hi there', '👍', '?'])(
    'are no name when they are only kind: %s',
    async words => {
      const shown = await answerTo(`/health ${words}`)

      expect(shown).toContain('Hello! Write the name of an account')
      expect(shown).toContain('/health list')
    },
  )

  it('are a name when an account is called exactly so', async () => {
    expect(await answerTo('/health yo')).toContain('Not enough data')
  })

  it.each([
    ['/health a1 tomorrow', 'Straße'],
    ['/health explain mueller tomorrow', 'Müller'],
    ['/health timeline mueller tomorrow', 'Müller'],
    ['/health tasks mueller tomorrow', 'Müller'],
    ['/health a1 since 30d tomorrow', 'Straße'],
    ['/health a1 --as-of 2026-10-01 tomorrow', 'Straße'],
    ['/health list healthy tomorrow', 'Healthy'],
    ['/health list falling tomorrow', 'Falling'],
    ['/health alerts mine tomorrow', 'Your alerts'],
    ['/health tasks mine tomorrow', 'Your tasks'],
    ['/health mine tomorrow', 'Your accounts'],
    ['/health pulses tomorrow', ''],
    ['/health playbooks tomorrow', ''],
    ['/health model tomorrow', ''],
    ['/health help tomorrow', '/health list'],
    ['/health alerts tomorrow', '/health alerts mine'],
    ['/health precision tomorrow', '/health precision'],
    ['/health preferences tomorrow', '/health preferences score'],
    ['/health digest tomorrow', '/health digest now'],
  ])('are named where they were not understood: %s', async (words, expected) => {
    const shown = await answerTo(words)

    expect(shown).toContain('I did not understand "tomorrow"')
    expect(shown).toContain(expected)
  })

  it('are cut where they are said back', async () => {
    for (const words of ['', 'list ', 'alerts ', 'explain ', 'digest ', 'a1 ', 'a1 since ', 'precision restore ']) {
      const shown = await answerTo(`/health ${words}${'x'.repeat(2_000)}`)

      expect(shown).not.toContain('x'.repeat(61))
      expect(shown).toContain('xxx…')
    }
  })
})

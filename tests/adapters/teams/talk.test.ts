import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readTeamsConfig } from '../../../adapters/teams/config.ts'
import { createTeams } from '../../../adapters/teams/index.ts'
import { SEARCH } from '../../../adapters/teams/surface.ts'
import type { Door, Press, Reply, Request, SharedLinks, Shortcut } from '../../../src/chat/port.ts'
import { silentLog } from '../../../src/log.ts'
import type { Card } from '../../../src/views/card.ts'
import { startFakeTeams } from '../../support/fake-teams/index.ts'

const card: Card = { title: 'Acme', summary: 'Acme', parts: [{ kind: 'text', text: 'For you alone.' }] }

let bot: Awaited<ReturnType<typeof startBot>>
beforeEach(async () => {
  bot = await startBot()
})
afterEach(() => bot.stop())

/** A fake Teams with the real adapter in it, and a door that answers what the test says. */
async function startBot() {
  const teams = await startFakeTeams()
  const config = readTeamsConfig(teams.env())
  if (config === undefined || 'problems' in config) throw new Error('The fake Teams gave no configuration')
  const requests: Request[] = []
  const presses: Press[] = []
  const shortcuts: Shortcut[] = []
  const shared: SharedLinks[] = []
  const turnedAway: string[] = []
  const script = { reply: { kind: 'card', card, audience: 'caller' } as Reply }
  const door: Door = {
    async ask(request) {
      requests.push(request)
      return script.reply
    },
    async press(press) {
      presses.push(press)
      return script.reply
    },
    async shortcut(shortcut) {
      shortcuts.push(shortcut)
      return script.reply
    },
    async unfurl(asked) {
      shared.push(asked)
      return asked.links.filter(link => link.includes('acme')).map(link => ({ link, card }))
    },
    suggest: async ({ text }) => ({
      options: text === 'acm' ? [{ value: 'acme', label: 'Acme (acme)' }] : [],
      ...(text === 'guest' && { refusal: card }),
    }),
    turnedAway: async ({ knock }) => void turnedAway.push(knock),
    welcome: async () => ({ kind: 'nothing' }),
    home: async () => card,
    submit: async () => ({ kind: 'errors', errors: { account: 'There is none.' } }),
  }
  const stored = new Map<string, string>()
  const addresses = {
    find: async (id: string) => stored.get(id),
    keep: async (id: string, address: string) => void stored.set(id, address),
    userOf: async () => undefined,
  }
  const app = express()
  const adapter = createTeams({ config, door, app, log: silentLog, addresses })
  const server = createServer(app)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  teams.botAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  return {
    teams,
    adapter,
    script,
    requests,
    presses,
    shortcuts,
    shared,
    turnedAway,
    dana: teams.addUser('Dana'),
    cs: teams.addChannel('cs'),
    async stop() {
      await adapter.stop()
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
      await teams.stop()
    },
  }
}

it('writes what is for one person to them alone', async () => {
  const { teams, dana, cs } = bot

  await teams.mention(dana, cs, 'acme')
  await teams.until(() => teams.dms(dana)[0])

  expect(teams.dms(dana).map(({ shown }) => shown)).toEqual([expect.stringContaining('For you alone.')])
  expect(teams.messages(cs)).toEqual([])
})

it('finds somebody by e-mail who has not said anything yet, in a team that it is in', async () => {
  const { teams, adapter, dana, cs } = bot
  const eve = teams.addUser('Eve')
  await teams.mention(dana, cs, 'acme')
  await teams.until(() => teams.dms(dana)[0])

  await adapter.post({ person: eve.email?.toUpperCase() ?? '' }, card)

  expect(teams.dms(eve)).toHaveLength(1)
  await expect(adapter.post({ person: 'nobody@ours.example' }, card)).rejects.toMatchObject({ fault: 'destination' })
})

it('finds accounts for a message, each with the card that the conversation may see', async () => {
  const { teams, dana, cs, presses, script } = bot
  script.reply = { kind: 'card', card, audience: 'channel' }

  const found = await teams.search(dana, { channel: cs }, SEARCH.command, 'acm')

  expect(JSON.stringify(found.body)).toContain('Acme (acme)')
  expect(JSON.stringify(found.body)).toContain('For you alone.')
  expect(presses).toMatchObject([{ action: 'share', value: 'acme', channel: cs.id }])
})

it('puts the card of an account into a message in place of its link, and has Teams keep it for nowhere else', async () => {
  const { teams, dana, cs, shared } = bot
  const links = ['https://crm.example/acme', 'https://crm.example/other', 'x'.repeat(3_000)]

  const bodies: string[] = []
  for (const link of links) bodies.push(JSON.stringify((await teams.pasteLink(dana, { channel: cs }, link)).body))

  expect(bodies[0]).toContain('For you alone.')
  expect(bodies.slice(1).join('')).not.toContain('For you alone.')
  for (const body of bodies) expect(body).toContain('no-cache')
  expect(shared).toMatchObject(links.slice(0, 2).map(link => ({ channel: cs.id, links: [link] })))
})

it('opens the form for a message that was chosen, with its words, its writer and its address', async () => {
  const { teams, dana, cs, shortcuts, script } = bot
  const fields = [{ kind: 'account', id: 'account', label: 'Account' }] as const
  script.reply = { kind: 'form', form: { id: 'comment', title: 'Add', submit: 'Add', state: 's', fields } }

  const effect = await teams.shortcut(dana, teams.write(dana, cs, 'they leave & go'), 'add_to_timeline')

  expect(effect.kind).toBe('dialog')
  expect(shortcuts).toMatchObject([
    {
      name: 'add_to_timeline',
      text: 'they leave & go',
      writer: dana.aadObjectId,
      link: expect.stringMatching(/^https:/),
    },
  ])
})

it('tells somebody of another company that it does not answer them, and asks the door nothing', async () => {
  const { teams, requests } = bot
  const guest = teams.addUser('Gus', { tenantId: 'another-company' })

  await teams.say(guest, 'acme')
  const shown = await teams.until(() => teams.dms(guest)[0])

  expect(shown.shown).toContain('only answers people in its own company')
  expect(requests).toEqual([])
  expect(bot.turnedAway).toEqual(['ask'])
})

it('says politely in the search that somebody may not ask, and looks up nothing', async () => {
  const { teams, dana, cs, presses } = bot

  const found = await teams.search(dana, { channel: cs }, SEARCH.command, 'guest')

  expect(JSON.stringify(found)).toContain(card.summary)
  expect(presses).toEqual([])
})

it.each([412, 429, 502, 503, 504])('tries an answer again that Teams refuses with %s', async status => {
  const { teams, dana } = bot
  await teams.say(dana, 'acme')
  await teams.until(() => teams.dms(dana).length === 1)
  teams.fail('post', { status }, 2)

  await teams.say(dana, 'acme')

  await teams.until(() => teams.dms(dana).length === 2)
  expect(teams.refusals).toHaveLength(2)
})

it('posts unasked once, whatever Teams answers', async () => {
  const { teams, adapter, dana } = bot
  await teams.say(dana, 'acme')
  await teams.until(() => teams.dms(dana)[0])
  teams.fail('post', { status: 503 })

  await expect(adapter.post({ channel: dana.aadObjectId }, card)).rejects.toMatchObject({ fault: 'unknown' })

  expect(teams.dms(dana)).toHaveLength(1)
})

it('shows the new state of a direct message in its own place, for everybody who looks at it later too', async () => {
  const { teams, dana, script, presses } = bot
  const button = { label: 'Claim', action: 'claim', value: 'a1' } as const
  const menu = [{ label: 'Snooze for a day', action: 'snooze', value: 'a1' }] as const
  script.reply = { kind: 'card', card: { ...card, buttons: [button], menu, shows: 'alerts mine' }, audience: 'caller' }
  await teams.say(dana, 'alerts mine')
  const message = await teams.until(() => teams.dms(dana)[0])
  const claimed = { ...card, title: 'Claimed by you' }
  script.reply = { kind: 'card', card: claimed, audience: 'caller', isResult: true, replaces: true }

  const effect = await teams.press(dana, message, 'Claim')
  await teams.until(() => message.shown.includes('Claimed by you'))
  expect(effect).toMatchObject({ kind: 'card', says: expect.stringContaining('Claimed by you') })
  expect(presses).toMatchObject([{ action: 'claim', isOnOwnMessage: true, shows: 'alerts mine' }])
  expect(teams.dms(dana)).toEqual([message])
})

it('takes what is chosen from a menu for a press', async () => {
  const { teams, dana, script, presses } = bot
  const menu = [{ label: 'Snooze for a day', action: 'snooze', value: 'a1' }] as const
  script.reply = { kind: 'card', card: { ...card, menu, shows: 'alerts mine' }, audience: 'caller' }
  await teams.say(dana, 'alerts mine')
  const message = await teams.until(() => teams.dms(dana)[0])
  script.reply = { kind: 'nothing' }

  await teams.press(dana, message, 'Snooze for a day')

  expect(presses).toMatchObject([{ action: 'snooze', value: 'a1', shows: 'alerts mine' }])
})

describe('a form inside a card', () => {
  const form = {
    id: 'snooze',
    title: 'Snooze Acme',
    submit: 'Snooze',
    state: 's',
    fields: [{ kind: 'text', id: 'reason', label: 'Why' }],
  } as const
  const own = { ...card, buttons: [{ label: 'Snooze', action: 'snooze', value: 'a1' }] } as const

  it('can be given up: what it took the place of stands there again', async () => {
    const { teams, dana, script, requests } = bot
    script.reply = { kind: 'card', card: { ...own, shows: 'acme' }, audience: 'caller' }
    await teams.say(dana, 'acme')
    const message = await teams.until(() => teams.dms(dana)[0])
    script.reply = { kind: 'form', form }
    await teams.press(dana, message, 'Snooze')
    script.reply = { kind: 'card', card: own, audience: 'caller' }

    const effect = await teams.press(dana, message, 'Cancel')

    expect(effect).toMatchObject({ kind: 'card', says: expect.stringContaining('For you alone.') })
    expect(requests.at(-1)).toMatchObject({ text: 'acme', isPrivate: true })
  })

  it('says that nothing was changed where it is a message of its own, and cannot be sent anymore', async () => {
    const { teams, dana, script } = bot
    script.reply = { kind: 'form', form }
    await teams.say(dana, 'snooze acme')
    const message = await teams.until(() => teams.dms(dana)[0])

    const effect = await teams.press(dana, message, 'Cancel')

    expect(effect.says).toContain('Canceled. Nothing was changed.')
    await teams.until(() => !message.shown.includes('Why'))
  })
})

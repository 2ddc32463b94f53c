import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Card } from '../../../src/views/card.ts'
import { type GuardedBot, SERVICE_URL, startGuardedBot } from './guarded-bot.ts'

let bot: GuardedBot
beforeEach(async () => {
  bot = await startGuardedBot()
})
afterEach(() => bot.stop())

const CARD: Card = { title: 'Hello', summary: 'Hello', parts: [{ kind: 'text', text: 'Hello.' }] }
const CHANNEL = '19:abc@thread.tacv2'

/** As if a longer list of hosts, or somebody with access to the database, had left it there. */
function isStored(serviceUrl: string) {
  const way = { serviceUrl, bot: '28:bot', tenant: bot.teams.tenant.id }
  const met = { ...way, id: '29:1x', conversation: 'a:1x', metIn: 'a:1x' }
  bot.stored.set('newest', JSON.stringify(way))
  bot.stored.set(`channel:${CHANNEL}`, JSON.stringify({ ...way, isChannel: true }))
  bot.stored.set('user:dana', JSON.stringify(met))
}

it.each([
  'https://smba.trafficmanager.net.evil.example/emea/',
  'https://evil-smba.trafficmanager.net/emea/',
  'https://evil.example/',
  'http://smba.trafficmanager.net/emea/',
  'https://smba.trafficmanager.net@evil.example/',
])('sends nothing to a stored address that is not on the list: %s', async url => {
  isStored(url)

  await expect(bot.adapter.post({ channel: CHANNEL }, CARD)).rejects.toMatchObject({ fault: 'destination' })
  await expect(bot.adapter.post({ channel: 'dana' }, CARD)).rejects.toMatchObject({ fault: 'destination' })
  await expect(bot.adapter.update({ channel: CHANNEL, id: '1' }, CARD)).rejects.toMatchObject({ fault: 'destination' })
  await expect(bot.adapter.profile('dana')).rejects.toMatchObject({ fault: 'destination' })

  expect(bot.foreignHosts).toEqual([])
})

it('asks Microsoft alone for a token before it sends to an address that is on the list', async () => {
  isStored(SERVICE_URL)

  await expect(bot.adapter.post({ channel: CHANNEL }, CARD)).rejects.toMatchObject({ fault: 'busy' })

  expect(bot.foreignHosts.length).toBeGreaterThan(0)
  expect(new Set(bot.foreignHosts)).toEqual(new Set(['login.microsoftonline.com']))
})

it('does not go on to wherever a connector sends it', async () => {
  const visits: string[] = []
  const redirecting = createServer((request, response) => {
    visits.push(request.url ?? '')
    response.writeHead(307, { Location: '/elsewhere' }).end()
  })
  await new Promise<void>(resolve => redirecting.listen(0, '127.0.0.1', resolve))
  const { port } = redirecting.address() as AddressInfo
  const here = await startGuardedBot({ TEAMS_DEVELOPMENT: '1', HOST: '127.0.0.1' })
  here.stored.set(
    `channel:${CHANNEL}`,
    JSON.stringify({ serviceUrl: `http://127.0.0.1:${port}/`, bot: '28:bot', isChannel: true }),
  )

  await expect(here.adapter.post({ channel: CHANNEL }, CARD)).rejects.toThrow()

  expect(visits).toEqual(['/v3/conversations'])
  await here.stop()
  redirecting.close()
})

it('sends nothing where nothing was heard of', async () => {
  await expect(bot.adapter.post({ channel: CHANNEL }, CARD)).rejects.toMatchObject({ fault: 'destination' })
  await expect(bot.adapter.post({ person: 'dana@ours.example' }, CARD)).rejects.toMatchObject({ fault: 'destination' })

  expect(bot.foreignHosts).toEqual([])
})

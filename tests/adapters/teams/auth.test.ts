import { createHmac } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Receipt } from '../../support/fake-teams/deliver.ts'
import { newUser } from '../../support/fake-teams/tenant.ts'
import { otherKey } from '../../support/fake-teams/tokens.ts'
import type { Thing } from '../../support/thing.ts'
import { type GuardedBot, SERVICE_URL, startGuardedBot } from './guarded-bot.ts'

let bot: GuardedBot
beforeAll(async () => {
  bot = await startGuardedBot()
})
afterAll(() => bot.stop())
beforeEach(() => {
  // the library prints what it thinks of a token
  vi.spyOn(console, 'error').mockImplementation(() => {})
  for (const list of [bot.asked, bot.turnedAway, bot.kept]) list.length = 0
})
afterEach(() => {
  expect(bot.foreignHosts).toEqual([])
})

const make = (...given: Parameters<GuardedBot['teams']['tokens']['make']>) => bot.teams.tokens.make(...given)
const send = (body: Thing | string, token?: string) => bot.teams.send(body, token)
const now = () => Math.floor(Date.now() / 1000)

/** Refused, in a sentence, before anybody acts on it or remembers it. */
function expectRefusal({ status, body }: Receipt) {
  expect([401, 403]).toContain(status)
  expect(body).toEqual({ error: expect.stringMatching(/^[A-Z].*\.$/) })
  expect(JSON.stringify(body)).not.toMatch(/\bat .*[(/]|node_modules|Error:/)
  expect(bot.asked).toEqual([])
  expect(bot.kept).toEqual([])
}

describe('who signs', () => {
  it.each([SERVICE_URL, 'https://smba.trafficmanager.net/emea/tenant/', 'https://eu.smba.trafficmanager.net/x/'])(
    'is believed with a valid token for %s',
    async url => {
      const { status, body } = await send(bot.press(url), make(url))

      expect(status).toBe(200)
      expect(body).toMatchObject({ statusCode: 200, value: 'Acme is yours.' })
      expect(bot.asked).toEqual(['press'])
      expect(bot.kept).not.toEqual([])
    },
  )

  it.each<[string, () => string | undefined]>([
    ['no token', () => undefined],
    ['an empty one', () => ''],
    ['what is no token', () => 'x.y.z'],
    ['half a one', () => make(SERVICE_URL).split('.').slice(0, 2).join('.')],
    ['one after another', () => `${make(SERVICE_URL)} ${make(SERVICE_URL)}`],
    ["a stranger's signature", () => make(SERVICE_URL, { key: otherKey() })],
    ['another key than any that is published', () => make(SERVICE_URL, { header: { kid: 'other' } })],
    [
      'claims that were changed after signing',
      () => make(SERVICE_URL, { changedAfterSigning: { exp: now() + 999_999 } }),
    ],
    ['no algorithm', () => make(SERVICE_URL, { header: { alg: 'none' }, isUnsigned: true })],
    ['no algorithm, with a signature all the same', () => make(SERVICE_URL, { header: { alg: 'none' } })],
    ['the public key taken for a secret', () => withSharedSecret()],
    ['a token that has expired', () => make(SERVICE_URL, { claims: { exp: now() - 600 } })],
    ['a token that never expires', () => make(SERVICE_URL, { claims: { exp: undefined } })],
    ['a token that is not valid yet', () => make(SERVICE_URL, { claims: { nbf: now() + 600 } })],
    ["another bot's token", () => make(SERVICE_URL, { claims: { aud: '11111111-2222-3333-4444-555555555555' } })],
    ['a token for nobody', () => make(SERVICE_URL, { claims: { aud: undefined } })],
    ['another issuer', () => make(SERVICE_URL, { claims: { iss: 'https://issuer.example' } })],
    ['no issuer', () => make(SERVICE_URL, { claims: { iss: undefined } })],
    [
      "an emulator's issuer",
      () =>
        make(SERVICE_URL, {
          claims: {
            iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
            ver: '1.0',
            appid: bot.teams.app.id,
          },
        }),
    ],
    ['no service URL in the token', () => make(SERVICE_URL, { claims: { serviceurl: undefined } })],
    ["another's service URL in the token", () => make('https://smba.trafficmanager.net/amer/')],
  ])('is refused with %s', async (_, token) => {
    expectRefusal(await send(bot.press(), token()))
  })

  it.each(['Basic', 'bearer-ish', 'Token'])('is refused in the scheme %s', async scheme => {
    const url = `${bot.teams.botUrl()}/api/messages`
    const headers = { 'Content-Type': 'application/json', Authorization: `${scheme} ${make(SERVICE_URL)}` }
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(bot.press()) })

    expectRefusal({ status: response.status, body: await response.json() })
  })

  it('is refused from another channel than the key is endorsed for', async () => {
    expectRefusal(await send(bot.press(SERVICE_URL, { channelId: 'webchat' }), make(SERVICE_URL)))
  })

  it('leaves nothing of the token in the log', async () => {
    const token = make(SERVICE_URL, { key: otherKey() })
    await send(bot.press(), token)

    expect(bot.log.lines.join('\n')).not.toContain(token.split('.')[2])
    expect(bot.log.lines.join('\n')).not.toContain(bot.teams.app.password)
  })
})

describe('the service URL', () => {
  it.each<[string, Thing]>([
    ['missing', { serviceUrl: undefined }],
    ['empty', { serviceUrl: '' }],
    ['a number', { serviceUrl: 7 }],
    ['several', { serviceUrl: [SERVICE_URL] }],
  ])('is %s, and the request is refused', async (_, more) => {
    expectRefusal(await send(bot.press(SERVICE_URL, more), make(SERVICE_URL)))
    expectRefusal(await send(bot.press(SERVICE_URL, more), make(SERVICE_URL, { claims: { serviceurl: undefined } })))
  })

  // the token says the same, as if the Bot Framework itself had signed for it
  it.each([
    'https://smba.trafficmanager.net.evil.example/emea/',
    'https://evil-smba.trafficmanager.net/emea/',
    'https://evilsmba.trafficmanager.net/emea/',
    'https://trafficmanager.net/emea/',
    'https://other.trafficmanager.net/emea/',
    'http://smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net:8443/emea/',
    'https://smba.trafficmanager.net@evil.example/emea/',
    'https://smba.trafficmanager.net%40evil.example/emea/',
    'https://user:secret@smba.trafficmanager.net/emea/',
    'https://evil.example/smba.trafficmanager.net/emea/',
    'https://evil.example#smba.trafficmanager.net',
    'https://evil.example?smba.trafficmanager.net',
    'https://evil.example\\@smba.trafficmanager.net/',
    'https://smba.trafficmanager.net./emea/',
    'https://smba。trafficmanager.net.evil.example/emea/',
    'https://smbа.trafficmanager.net/emea/',
    'ftp://smba.trafficmanager.net/emea/',
    '//smba.trafficmanager.net/emea/',
    'smba.trafficmanager.net',
    'https://127.0.0.1:1/emea/',
    'http://localhost:1/emea/',
    'http://169.254.169.254/latest/',
    'javascript:alert(1)',
  ])('is refused where it only looks right: %s', async url => {
    expectRefusal(await send(bot.press(url), make(url)))
  })
})

describe('somebody of another tenant', () => {
  const stranger = () => newUser(bot.teams.tenant, 'Stranger', { tenantId: '99999999-0000-0000-0000-000000000000' })

  it('is told so and nothing else, whatever they press', async () => {
    const { body } = await send(bot.press(SERVICE_URL, {}, stranger()), make(SERVICE_URL))

    expect(JSON.stringify(body)).toContain('only answers people in its own company')
    expect(bot.turnedAway).toEqual(['press'])
    expect(bot.asked).toEqual([])
    expect(bot.kept).toEqual([])
  })

  it('is not spoken to while they talk to others', async () => {
    const conversation = { id: '19:room@thread.tacv2', conversationType: 'channel' }
    const words = { type: 'message', name: undefined, text: 'hello all', conversation }

    const { status } = await send(bot.press(SERVICE_URL, words, stranger()), make(SERVICE_URL))

    expect([status, bot.turnedAway, bot.foreignHosts]).toEqual([200, [], []])
  })

  it.each(['event', 'messageReaction', 'conversationUpdate', 'installationUpdate'])(
    'gets nowhere with an activity of the type %s',
    async type => {
      expectRefusal(await send(bot.press(SERVICE_URL, { type, name: undefined }, stranger()), make(SERVICE_URL)))
    },
  )

  it.each<[string, Thing]>([
    ['in our conversation', { from: { id: '29:1x', name: 'X', tenantId: 'another' } }],
    ['with our name only beside it', { channelData: { tenant: { id: 'another' } } }],
    ['without any name', { conversation: { id: 'a:1x', conversationType: 'personal' }, channelData: {} }],
  ])('is nobody we act for %s', async (_, more) => {
    await send(bot.press(SERVICE_URL, more), make(SERVICE_URL))

    expect(bot.asked).toEqual([])
    expect(bot.kept).toEqual([])
  })
})

it.each<[string, string, number]>([
  ['what is not valid JSON', '{', 400],
  ['what is no activity', '{"serviceUrl":"https://smba.trafficmanager.net/emea/"}', 400],
  ['far too much', JSON.stringify({ text: 'x'.repeat(2_000_000) }), 413],
])('refuses %s in words', async (_, body, status) => {
  const answer = await send(body, make(SERVICE_URL))

  expect(answer).toMatchObject({ status, body: { error: expect.stringMatching(/\.$/) } })
  expect(bot.asked).toEqual([])
})

it('acknowledges nothing while the keys are not to be had', async () => {
  const lost = await startGuardedBot({ ToBotFromChannelOpenIdMetadataUrl: 'http://127.0.0.1:9/openid' })

  const { status } = await lost.teams.send(lost.press(), lost.teams.tokens.make(SERVICE_URL))

  expect([status, lost.asked]).toEqual([503, []])
  await lost.stop()
})

/** RS256's public key as the secret of HS256: the person who verifies with "the key" without looking takes it. */
function withSharedSecret(): string {
  const [header = '', claims = ''] = make(SERVICE_URL, { header: { alg: 'HS256' } }).split('.')
  const secret = bot.teams.tokens.publicKey.export({ type: 'spki', format: 'pem' })
  return `${header}.${claims}.${createHmac('sha256', secret).update(`${header}.${claims}`).digest('base64url')}`
}

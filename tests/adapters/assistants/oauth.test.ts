import { createServer } from 'node:net'
import type { OAuthClientProvider } from '@modelcontextprotocol/sdk/client/auth.js'
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { OAuthClientInformationMixed, OAuthTokens } from '@modelcontextprotocol/sdk/shared/auth.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Channel, User } from '../../support/fake-slack/index.ts'
import { answered, askAlone } from '../../support/small-company.ts'
import { SMALL_MODEL, signalsOf } from '../../support/small-model.ts'
import { createWorld, type World } from '../../support/world.ts'

let world: World
let dana: User
let room: Channel

beforeAll(async () => {
  const port = await freePort()
  world = await createWorld({
    now: '2026-11-02T08:00',
    files: { 'model.yaml': SMALL_MODEL },
    environment: { PUBLIC_URL: `http://127.0.0.1:${port}`, PORT: String(port) },
  })
  dana = world.slack.addUser('Dana', 'dana@ours.example')
  room = world.slack.addChannel('cs')
  await world.has({
    people: [{ email: 'dana@ours.example', name: 'Dana', role: 'csm' }],
    accounts: [{ id: 'acme', name: 'Acme' }],
    signals: signalsOf('acme', 20, '2026-11-01'),
  })
  await world.start()
})

afterAll(() => world.close())

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

/** A client that keeps what it is given, and whose browser is the test. */
function createProvider() {
  let client: OAuthClientInformationMixed | undefined
  let tokens: OAuthTokens | undefined
  let verifier = ''
  const visited: URL[] = []
  const provider: OAuthClientProvider = {
    redirectUrl: 'https://assistant.example/back',
    clientMetadata: {
      client_name: 'Helper',
      redirect_uris: ['https://assistant.example/back'],
      token_endpoint_auth_method: 'none',
    },
    clientInformation: () => client,
    saveClientInformation(given) {
      client = given
    },
    tokens: () => tokens,
    saveTokens(given) {
      tokens = given
    },
    redirectToAuthorization: url => void visited.push(url),
    saveCodeVerifier(given) {
      verifier = given
    },
    codeVerifier: () => verifier,
  }
  return { provider, visited, held: () => tokens as OAuthTokens, client: () => client as OAuthClientInformationMixed }
}

const address = () => new URL(`http://127.0.0.1:${world.port}/mcp`)

/** Types a code into the page that the client opened, and gives where that leads. */
async function consent(url: URL, code: string): Promise<{ status: number; back: URL | undefined; text: string }> {
  const page = await (await fetch(url)).text()
  const sealed = /name="sealed" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const body = new URLSearchParams({ sealed, code })
  const answered = await fetch(new URL('/oauth/consent', url), { method: 'POST', body, redirect: 'manual' })
  const location = answered.headers.get('location')
  return {
    status: answered.status,
    back: location === null ? undefined : new URL(location),
    text: await answered.text(),
  }
}

async function codeFor(user: User): Promise<string> {
  return /Your code: ([A-Z2-9]{8})/.exec(await askAlone(world.slack, user, '/health connect', room))?.[1] ?? ''
}

async function connected() {
  const held = createProvider()
  const transport = new StreamableHTTPClientTransport(address(), { authProvider: held.provider })
  const client = new Client({ name: 'tests', version: '1' })
  await expect(client.connect(transport as Transport)).rejects.toBeInstanceOf(UnauthorizedError)
  const { back } = await consent(held.visited[0] as URL, await codeFor(dana))
  await transport.finishAuth(back?.searchParams.get('code') ?? '')
  return held
}

async function portfolioOf({ provider }: Pick<Awaited<ReturnType<typeof connected>>, 'provider'>) {
  const client = new Client({ name: 'tests', version: '1' })
  await client.connect(new StreamableHTTPClientTransport(address(), { authProvider: provider }) as Transport)
  const answer = await client.callTool({ name: 'portfolio', arguments: {} })
  await client.close()
  return answer
}

describe('an assistant that signs in', () => {
  it('registers, opens the page, and asks for the person whose code was typed', async () => {
    const held = await connected()

    expect((await portfolioOf(held)).structuredContent).toMatchObject({ accounts: 1 })
    expect(await askAlone(world.slack, dana, '/health connect list', room)).toContain('Helper')
  })

  it('gets nowhere with a wrong code, and no code is good twice', async () => {
    const held = createProvider()
    const client = new Client({ name: 'tests', version: '1' })
    const transport = new StreamableHTTPClientTransport(address(), { authProvider: held.provider })
    await expect(client.connect(transport as Transport)).rejects.toBeInstanceOf(UnauthorizedError)
    const [page] = held.visited as [URL]
    const code = await codeFor(dana)

    expect(await consent(page, 'AAAAAAAA')).toMatchObject({
      status: 401,
      text: expect.stringContaining('This code is not valid'),
    })
    const { back } = await consent(page, code.toLowerCase())
    expect(back?.origin).toBe('https://assistant.example')
    expect((await consent(page, code)).status).toBe(401)
    await transport.finishAuth(back?.searchParams.get('code') ?? '')
    await expect(transport.finishAuth(back?.searchParams.get('code') ?? '')).rejects.toThrow('no longer valid')
  })

  it('loses the connection when an old refresh token comes back: two hold it then', async () => {
    const held = await connected()
    const stolen = held.held().refresh_token ?? ''
    const refresh = (token: string) =>
      fetch(new URL('/token', address()), {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'refresh_token',
          refresh_token: token,
          client_id: held.client().client_id,
        }),
      })

    const renewed = (await (await refresh(stolen)).json()) as OAuthTokens
    expect((await refresh(stolen)).status).toBe(400)
    const asked = await fetch(address(), {
      method: 'POST',
      headers: {
        authorization: `Bearer ${renewed.access_token}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
      },
      body: '{"jsonrpc":"2.0","id":1,"method":"tools/list"}',
    })
    expect(asked.status).toBe(401)
  })

  it('is ended by its person in chat, at once', async () => {
    // the newest stands first
    world.passTo('2026-11-02T08:05')
    const held = await connected()
    const list = await answered(world.slack, dana, () => world.slack.command(dana, '/health connect list', room))
    await world.slack.press(dana, list, 'End')
    await world.slack.until(() => list.shown.includes('no longer ask'))

    const asked = await fetch(address(), {
      method: 'POST',
      headers: { authorization: `Bearer ${held.held().access_token}`, 'content-type': 'application/json' },
      body: '{}',
    })
    expect(asked.status).toBe(401)
  })

  it('is out within five minutes of its person being deactivated in chat', async () => {
    const held = await connected()
    expect((await portfolioOf(held)).isError ?? false).toBe(false)
    dana.isDeleted = true
    world.passTo('2026-11-02T08:10')
    const answered = await portfolioOf(held)
    dana.isDeleted = false
    world.passTo('2026-11-02T08:15')

    expect(answered).toMatchObject({ isError: true, content: [{ text: expect.stringContaining('deactivated') }] })
    expect((await portfolioOf(held)).isError ?? false).toBe(false)
  })
})

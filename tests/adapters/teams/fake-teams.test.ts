import { verify } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FakeTeams, startFakeTeams } from '../../support/fake-teams/index.ts'
import type { Thing } from '../../support/thing.ts'

/** What the contract rests on: the fake refuses what Teams refuses, and its people do what people do there. */
let teams: FakeTeams
beforeEach(async () => {
  teams = await startFakeTeams()
})
afterEach(() => teams.stop())

type Called = { readonly status: number; readonly body: Thing; readonly after: string | null }

const call = async (method: string, path: string, body?: unknown): Promise<Called> => {
  const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }
  const response = await fetch(`${teams.serviceUrl}v3/${path}`, { method, ...sent })
  return { status: response.status, body: (await response.json()) as Thing, after: response.headers.get('retry-after') }
}
const at = (id: string) => `conversations/${encodeURIComponent(id)}/activities`
const said = (text: string) => ({ type: 'message', text, textFormat: 'plain' })
const shows = (...body: Thing[]) => ({
  type: 'message',
  summary: 'in short',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: { type: 'AdaptiveCard', version: '1.5', body },
    },
  ],
})
const line = (text: string) => ({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text }] })

describe('the fake connector', () => {
  it('begins a thread with what is sent to a channel, and answers in it', async () => {
    const cs = teams.addChannel('cs')

    const { body } = await call('POST', at(cs.id), shows(line('one')))
    await call('POST', at(`${cs.id};messageid=${body.id}`), shows(line('two')))
    const [root] = teams.messages(cs)

    expect(root).toMatchObject({ id: body.id, root: undefined, shown: 'one' })
    expect(root && teams.thread(root).map(({ shown }) => shown)).toEqual(['two'])
  })

  it('parts text and card of one activity, and gives no id', async () => {
    const cs = teams.addChannel('cs')

    const { status, body } = await call('POST', at(cs.id), { ...shows(line('card')), text: 'text' })

    expect([status, body]).toEqual([201, {}])
    expect(teams.messages(cs).map(({ shown }) => shown)).toEqual(['text', 'card'])
  })

  it('opens a chat by either id of a person, if they have the bot', async () => {
    const dana = teams.addUser('Dana')
    const create = (id: string) =>
      call('POST', 'conversations', { members: [{ id }], tenantId: teams.tenant.id, isGroup: false })

    expect((await create(dana.id)).body.id).toBe(dana.conversation)
    expect((await create(dana.aadObjectId)).body.id).toBe(dana.conversation)
    dana.hasBot = false
    expect((await create(dana.id)).status).toBe(403)
  })

  it('changes a message for everybody, and forgets what one saw of their own', async () => {
    const cs = teams.addChannel('cs')
    const dana = teams.addUser('Dana')
    const { body } = await call('POST', at(cs.id), shows(line('old')))
    const [message] = teams.messages(cs)
    message?.seenBy.set(dana.id, { type: 'AdaptiveCard', version: '1.5', body: [line('mine')] })

    await call('PUT', `${at(cs.id)}/${body.id}`, shows(line('new')))

    expect(message && teams.shownTo(dana, message)).toBe('new')
    expect((await call('PUT', `${at(cs.id)}/1`, shows(line('x')))).body).toMatchObject({
      error: { code: 'ActivityNotFoundInConversation' },
    })
  })

  it('pages members, with an address only for those who have one', async () => {
    const cs = teams.addChannel('cs')
    for (const name of ['Dana', 'Eve']) teams.addUser(name)
    teams.addUser('Nobody', { email: undefined })

    const first = await call('GET', `conversations/${encodeURIComponent(cs.id)}/pagedmembers?pageSize=2`)
    const rest = await call(
      'GET',
      `conversations/${encodeURIComponent(cs.id)}/pagedmembers?pageSize=2&continuationToken=${first.body.continuationToken}`,
    )

    expect(first.body.members).toMatchObject([{ email: 'dana@ours.example' }, { email: 'eve@ours.example' }])
    expect(rest.body.members).toMatchObject([{ name: 'Nobody' }])
    expect(JSON.stringify(rest.body)).not.toContain('"email"')
  })

  it.each([
    ['an unknown element', shows({ type: 'Sparkle' }), 400],
    ['a chart that nothing stands in for', shows({ type: 'Chart.Line', title: 'x', data: [] }), 400],
    ['an input without an id', shows({ type: 'Input.Text' }), 400],
    ['nothing at all', { type: 'message' }, 400],
    ['too much', shows(line('x'.repeat(30_000))), 413],
  ])('refuses %s', async (_, activity, status) => {
    const cs = teams.addChannel('cs')

    expect((await call('POST', at(cs.id), activity)).status).toBe(status)
    expect(teams.messages(cs)).toEqual([])
  })

  it('takes seven messages a second for a conversation when told to', async () => {
    const cs = teams.addChannel('cs')
    teams.limitRate()

    const answers = await Promise.all(Array.from({ length: 30 }, () => call('POST', at(cs.id), said('hi'))))

    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(0)
    expect(new Set(refused.map(({ after }) => after))).toEqual(new Set(['1']))
  })

  it('says where the bot may not be', async () => {
    const cs = teams.addChannel('cs')
    const dana = teams.addUser('Dana')
    const codeOf = async (id: string) => {
      const { status, body } = await call('POST', at(id), said('hi'))
      return [status, (body.error as Thing).code]
    }

    dana.isBlocking = true
    expect(await codeOf(dana.conversation)).toEqual([403, 'MessageWritesBlocked'])
    cs.takesPosts = false
    expect(await codeOf(cs.id)).toEqual([403, 'BotNotInConversationRoster'])
    cs.isDeleted = true
    expect(await codeOf(cs.id)).toEqual([404, 'ConversationNotFound'])
  })

  it('keeps what it took although the answer was lost', async () => {
    const cs = teams.addChannel('cs')
    teams.fail('post', 'drop')

    await expect(call('POST', at(cs.id), said('hi'))).rejects.toThrow()

    expect(teams.messages(cs)).toHaveLength(1)
  })

  it('refuses a token: none belongs on this machine', async () => {
    const response = await fetch(`${teams.serviceUrl}v3/teams/x`, { headers: { Authorization: 'Bearer secret' } })

    expect(response.status).toBe(401)
  })

  it('notes what came alive out of a text', async () => {
    const cs = teams.addChannel('cs')
    const text = '[pay](https://evil.example) {{DATE(2026-11-02T08:00:00Z)}}'

    await call('POST', at(cs.id), shows({ type: 'TextBlock', text }))
    await call('POST', at(cs.id), shows(line('[inert](https://evil.example) <at>everyone</at>')))

    expect(teams.alive).toEqual(['{{DATE(2026-11-02T08:00:00Z)}}', '[pay](https://evil.example)'])
  })
})

describe('the people of the fake', () => {
  let bot: Server
  const received: { readonly body: Thing; readonly token: string }[] = []
  let answer: Thing
  beforeEach(async () => {
    received.length = 0
    bot = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      received.push({
        body: JSON.parse(Buffer.concat(chunks).toString()),
        token: String(request.headers.authorization).replace('Bearer ', ''),
      })
      response.end(JSON.stringify(answer))
    })
    await new Promise<void>(resolve => bot.listen(0, '127.0.0.1', resolve))
    teams.botAt(`http://127.0.0.1:${(bot.address() as AddressInfo).port}`)
    answer = {}
  })
  afterEach(() => {
    bot.closeAllConnections()
    bot.close()
  })

  it('press what they see, and see at once what comes of it, alone', async () => {
    const [dana, eve, cs] = [teams.addUser('Dana'), teams.addUser('Eve'), teams.addChannel('cs')]
    const button = { type: 'ActionSet', actions: [{ type: 'Action.Execute', title: 'Claim', verb: 'claim', data: {} }] }
    await call('POST', at(cs.id), shows(line('free'), button))
    const [post] = teams.messages(cs)
    if (post === undefined) throw new Error('no post')
    const value = { type: 'AdaptiveCard', version: '1.5', body: [line('yours')] }
    answer = { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value }

    const effect = await teams.press(dana, post, 'Claim')

    expect(effect).toMatchObject({ kind: 'card', says: 'yours' })
    expect([teams.shownTo(dana, post), teams.shownTo(eve, post)]).toEqual(['yours', 'free\nClaim'])
    expect(received[0]?.body).toMatchObject({
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: post.id,
      conversation: { id: `${cs.id};messageid=${post.id}` },
    })
  })

  it('come with a token that the published key proves', async () => {
    await teams.say(teams.addUser('Dana'), 'acme')
    const [header = '', claims = '', signature = ''] = (received[0]?.token ?? '').split('.')

    const isGenuine = verify(
      'RSA-SHA256',
      Buffer.from(`${header}.${claims}`),
      teams.tokens.publicKey,
      Buffer.from(signature, 'base64url'),
    )

    expect(isGenuine).toBe(true)
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      aud: teams.app.id,
      serviceurl: teams.serviceUrl,
    })
  })
})

import { LogLevel, WebClient } from '@slack/web-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Channel, type FakeSlack, startFakeSlack, type User } from '../../support/fake-slack/index.ts'
import { checkBlocks, checkView } from '../../support/fake-slack/validate-blocks.ts'

const plain = (text: string) => ({ type: 'plain_text', text })
const button = (id: string, more: object = {}) => ({ type: 'button', text: plain('Go'), action_id: id, ...more })
const many = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n))

describe('the fake refuses, as Slack does,', () => {
  it.each([
    ['an unknown block', [{ type: 'fancy' }]],
    ['a property that no block has', [{ type: 'divider', colour: 'red' }]],
    ['an empty text', [{ type: 'section', text: plain('') }]],
    ['a section with nothing in it', [{ type: 'section' }]],
    ['a header in mrkdwn', [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }]],
    ['a header that is too long', [{ type: 'header', text: plain('x'.repeat(151)) }]],
    ['a section that is too long', [{ type: 'section', text: plain('x'.repeat(3_001)) }]],
    ['a field that is too long', [{ type: 'section', fields: [plain('x'.repeat(2_001))] }]],
    ['eleven fields', [{ type: 'section', fields: many(11, () => plain('x')) }]],
    ['eleven context elements', [{ type: 'context', elements: many(11, () => plain('x')) }]],
    ['a context without elements', [{ type: 'context', elements: [] }]],
    ['26 buttons', [{ type: 'actions', elements: many(26, n => button(`a${n}`)) }]],
    ['a long label', [{ type: 'actions', elements: [button('a', { text: plain('x'.repeat(76)) })] }]],
    ['a long value', [{ type: 'actions', elements: [button('a', { value: 'x'.repeat(2_001) })] }]],
    ['an odd style', [{ type: 'actions', elements: [button('a', { style: 'nice' })] }]],
    ['the same action twice', [{ type: 'actions', elements: [button('a'), button('a')] }]],
    [
      'the same block id twice',
      [
        { type: 'divider', block_id: 'b' },
        { type: 'divider', block_id: 'b' },
      ],
    ],
    ['51 blocks', many(51, () => ({ type: 'divider' }))],
    ['half a character', [{ type: 'section', text: plain('\ud83d') }]],
  ])('%s', (_, blocks) => {
    expect(checkBlocks(blocks, 'message')).not.toEqual([])
  })

  it.each([
    ['a long title', { title: plain('x'.repeat(25)) }],
    [
      'inputs without a way to submit',
      { blocks: [{ type: 'input', block_id: 'a', label: plain('A'), element: { type: 'plain_text_input' } }] },
    ],
    ['a view without blocks', { blocks: [] }],
    ['too much state', { private_metadata: 'x'.repeat(3_001) }],
  ])('%s', (_, more) => {
    const view = { type: 'modal', title: plain('T'), blocks: [{ type: 'divider' }] }

    expect(checkView(view)).toEqual([])
    expect(checkView({ ...view, ...more })).not.toEqual([])
  })
})

describe('the fake Web API', () => {
  let slack: FakeSlack
  let client: WebClient
  let dana: User
  let cs: Channel
  beforeAll(async () => {
    slack = await startFakeSlack()
    client = clientWith(slack.tokens.bot)
    dana = slack.addUser('Dana')
    cs = slack.addChannel('cs')
  })
  afterAll(() => slack.stop())

  const clientWith = (token: string) =>
    new WebClient(token, {
      logLevel: LogLevel.ERROR,
      slackApiUrl: String(slack.env('http').SLACK_API_URL),
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: 200,
    })
  const post = (more: object = {}) => client.apiCall('chat.postMessage', { channel: cs.id, text: 'hi', ...more })

  it.each([
    ['a wrong token', 'invalid_auth', () => clientWith('xoxb-other').auth.test()],
    ['nothing to say', 'no_text', () => post({ text: ' ' })],
    ['a channel that is not there', 'channel_not_found', () => post({ channel: 'C404' })],
    [
      'too much in all',
      'msg_blocks_too_long',
      () => post({ blocks: many(5, () => ({ type: 'section', text: plain('x'.repeat(2_900)) })) }),
    ],
    [
      'a message that is not there',
      'message_not_found',
      () => client.chat.update({ channel: cs.id, ts: '1.1', text: 'x' }),
    ],
    [
      'a trigger that is not there',
      'expired_trigger_id',
      () =>
        client.views.open({
          trigger_id: '1',
          view: { type: 'modal', title: { type: 'plain_text', text: 'T' }, blocks: [{ type: 'divider' }] },
        }),
    ],
    ['a method that nobody knows', 'unknown_method', () => client.apiCall('chat.shout')],
  ])('refuses %s', async (_, error, act) => {
    await expect(act()).rejects.toThrow(error)
  })

  it('takes one message a second for a channel when told to', async () => {
    slack.limitRate()
    await post()
    await expect(post()).rejects.toMatchObject({ retryAfter: 1 })
    slack.advance(1_000)
    await post()
    slack.limitRate(false)
  })

  it('keeps what it took although the answer was lost', async () => {
    for (const fault of ['drop', 'hang'] as const) {
      const before = slack.messages(cs).length
      slack.fail('chat.postMessage', fault)
      await expect(post()).rejects.toThrow()
      expect(slack.messages(cs)).toHaveLength(before + 1)
    }
  })

  it('notes who would be rung', async () => {
    await post({ text: `<!channel> and <@${dana.id}>` })
    await post({ blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '<!here>' } }] })
    await post({ text: '&lt;!channel&gt; @here', blocks: [{ type: 'section', text: plain('<!channel>') }] })

    expect(slack.paged).toEqual(['<!channel>', `<@${dana.id}>`, '<!here>'])
  })
})

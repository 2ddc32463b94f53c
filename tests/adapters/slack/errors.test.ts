import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSlack } from '../../../adapters/slack/index.ts'
import { asDeliveryError } from '../../../adapters/slack/outbound/errors.ts'
import { DeliveryError } from '../../../src/errors.ts'
import { startFakeSlack } from '../../support/fake-slack/index.ts'
import { type Bot, card, configOf, startBot } from './bot.ts'

describe('what becomes of a post', () => {
  let bot: Bot
  beforeAll(async () => {
    bot = await startBot('http')
  })
  afterAll(() => bot.stop())

  it.each([
    ['Slack asks to wait', { status: 429, retryAfter: 7 }, 'busy', 7_000],
    ['a 429 does not say how long', { status: 429 }, 'busy', undefined],
    ['Slack is out of service', { error: 'service_unavailable' }, 'busy', undefined],
    ['Slack says something new', { error: 'brand_new_refusal' }, 'busy', undefined],
    ['the channel is gone', { error: 'channel_not_found' }, 'destination', undefined],
    ['the channel is archived', { error: 'is_archived' }, 'destination', undefined],
    ['the bot was removed', { error: 'not_in_channel' }, 'destination', undefined],
    ['admins forbid it', { error: 'restricted_action_read_only_channel' }, 'destination', undefined],
    ['the token is revoked', { error: 'token_revoked' }, 'platform', undefined],
    ['the token is wrong', { error: 'invalid_auth' }, 'platform', undefined],
    ['a scope is missing', { error: 'missing_scope' }, 'platform', undefined],
    ['the blocks are refused', { error: 'invalid_blocks' }, 'payload', undefined],
    ['it is too long', { error: 'msg_blocks_too_long' }, 'payload', undefined],
    ['the message is gone', { error: 'message_not_found' }, 'payload', undefined],
    ['Slack fails inside', { error: 'internal_error' }, 'unknown', undefined],
    ['Slack fails outside', { status: 503 }, 'unknown', undefined],
    ['the connection breaks after it was taken', 'drop', 'unknown', undefined],
    ['the connection breaks before', 'refuse', 'unknown', undefined],
  ] as const)('when %s', async (_, fault, expected, retryAfter) => {
    bot.slack.fail('chat.postMessage', fault)

    const error: unknown = await bot.adapter
      .post({ channel: bot.cs.id }, card('Acme'))
      .catch((thrown: unknown) => thrown)

    expect(error).toBeInstanceOf(DeliveryError)
    expect(error).toMatchObject({ fault: expected, retryAfter })
  })

  it('is tried once, even when the answer was lost', async () => {
    const before = bot.slack.messages(bot.cs).length
    bot.slack.fail('chat.postMessage', 'drop')

    await expect(bot.adapter.post({ channel: bot.cs.id }, card('Acme'))).rejects.toThrow()

    expect(bot.slack.messages(bot.cs)).toHaveLength(before + 1)
  })

  it('is certain not to stand there when nobody listened', async () => {
    const { door, app, log } = bot
    const gone = await startFakeSlack()
    const lonely = createSlack({
      config: configOf(gone, 'http'),
      door,
      app,
      log,
      addresses: { find: async () => undefined, keep: async () => {}, userOf: async () => undefined },
    })
    await gone.stop()

    await expect(lonely.post({ channel: 'C1' }, card('Acme'))).rejects.toMatchObject({ fault: 'busy' })
  })
})

describe('other errors', () => {
  it.each([
    [
      'a time-out',
      { code: 'slack_webapi_request_error', original: new DOMException('late', 'TimeoutError') },
      'unknown',
    ],
    ['a name that does not resolve', requestError('ENOTFOUND'), 'busy'],
    ['a connection that was reset', requestError('ECONNRESET'), 'unknown'],
    ["a proxy's page", { code: 'slack_webapi_platform_error', data: { error: '<html>' } }, 'unknown'],
    ['a bug', new TypeError('x is not a function'), 'unknown'],
    ['nothing at all', undefined, 'unknown'],
  ])('%s', (_, error, fault) => {
    expect(asDeliveryError(error).fault).toBe(fault)
  })

  it('leave one that is known already as it is', () => {
    const known = new DeliveryError('busy', 'later', 5)

    expect(asDeliveryError(known)).toBe(known)
  })
})

function requestError(code: string): object {
  const cause = Object.assign(new Error(code), { code })
  return { code: 'slack_webapi_request_error', original: new TypeError('fetch failed', { cause }) }
}

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Bot, card, startBot } from './bot.ts'

const FORM = 'application/x-www-form-urlencoded'

describe('requests over HTTP', () => {
  let bot: Bot
  let body: string
  beforeEach(async () => {
    bot = await startBot('http')
    body = new URLSearchParams({
      command: '/health',
      text: 'acme',
      user_id: bot.dana.id,
      channel_id: bot.cs.id,
      trigger_id: '1',
    }).toString()
  })
  afterEach(() => bot.stop())

  it('takes one that is signed now, and up to five minutes either way', async () => {
    const now = Math.floor(Date.now() / 1000)

    for (const timestamp of [now, now - 290, now + 290]) {
      expect((await bot.slack.send(body, { type: FORM, timestamp })).status).toBe(200)
    }
    expect(bot.script.requests).toHaveLength(3)
  })

  it.each([
    ['is older than five minutes', { timestamp: Math.floor(Date.now() / 1000) - 310 }],
    ['comes from the future', { timestamp: Math.floor(Date.now() / 1000) + 330 }],
    ['is signed with another secret', { secret: 'somebody-elses' }],
    ['has no signature', { headers: { 'X-Slack-Signature': '' } }],
    ['has a signature of another shape', { headers: { 'X-Slack-Signature': 'v0' } }],
    ['has a time that is no number', { headers: { 'X-Slack-Request-Timestamp': 'NaN' } }],
  ])('refuses one that %s', async (_, options) => {
    expect((await bot.slack.send(body, { type: FORM, ...options })).status).toBe(401)
    expect(bot.script.requests).toEqual([])
  })

  it('refuses a body that was changed after signing', async () => {
    const receipt = await bot.slack.send(`${body}&text=globex`, { type: FORM, signed: body })

    expect(receipt.status).toBe(401)
  })

  it.each([
    ['is longer than anything Slack sends', 413, `text=${'x'.repeat(1024 * 1024)}`],
    ['is no JSON where it says so', 400, 'payload={"type":'],
    ['is nothing that a person did', 404, 'payload={"type":"made_up"}'],
  ])('answers one that %s with %i', async (_, status, body) => {
    expect((await bot.slack.send(body, { type: FORM })).status).toBe(status)
    expect(bot.script.requests).toEqual([])
  })

  it.each(['null', '7', '[]', 'no JSON'])('survives a body of %s', async body => {
    const { status } = await bot.slack.send(body)

    expect([400, 404]).toContain(status)
  })

  it('takes what it does not know without a word', async () => {
    const payload = JSON.stringify({ type: 'interactive_message', actions: [{}], user: bot.dana, team: { id: 'T1' } })

    expect(await bot.slack.send(new URLSearchParams({ payload }).toString(), { type: FORM })).toEqual({
      status: 200,
      body: '',
    })
  })

  it('answers the check of its certificate', async () => {
    expect((await bot.slack.send('ssl_check=1', { type: FORM })).status).toBe(200)
  })

  it('answers the URL check', async () => {
    const receipt = await bot.slack.send(JSON.stringify({ type: 'url_verification', challenge: 'c1' }))

    expect(receipt).toEqual({ status: 200, body: { challenge: 'c1' } })
  })

  it('hears what was typed, not what Slack made of it', async () => {
    const { slack, script, dana, cs } = bot

    await slack.command(dana, '/health Smith & Sons <west>', cs)
    await slack.mention(dana, cs, '<@U0BOT> show <http://acme.com|acme.com> &amp; <mailto:a@b.co|a@b.co>', {
      raw: true,
    })
    await slack.dm(dana, '<@U0BOT> <@U7|kim> in <#C1|cs> <https://x.co/?a=1&amp;b=2> &amp;lt; 5 &gt; 4', { raw: true })
    await slack.until(() => script.requests.length === 3)

    expect(script.requests.map(({ text }) => text)).toEqual([
      'Smith & Sons <west>',
      'show acme.com & a@b.co',
      '@kim in #cs https://x.co/?a=1&b=2 &lt; 5 > 4',
    ])
  })

  it('finishes what runs when it is stopped', async () => {
    const { slack, script, adapter, dana, cs } = bot
    script.reply = { kind: 'card', card: card('Acme'), audience: 'caller' }

    await slack.command(dana, '/health acme', cs)
    await adapter.stop()

    expect(slack.ephemerals(dana)).toHaveLength(1)
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Bot, card, startBot } from './bot.ts'

describe.each(['http', 'socket'] as const)('over %s', mode => {
  let bot: Bot
  beforeEach(async () => {
    bot = await startBot(mode)
  })
  afterEach(() => bot.stop())

  it('shows what /health finds to the caller only', async () => {
    const { slack, script, dana, cs } = bot
    script.reply = { kind: 'card', card: card('Acme'), audience: 'caller' }

    const receipt = await slack.command(dana, '/health acme corp', cs)
    const shown = await slack.until(() => slack.ephemerals(dana)[0])

    expect(receipt).toEqual({ status: 200, body: '' })
    expect(shown.shown).toBe('Acme\nAcme at length')
    expect(shown.channel).toBe(cs.id)
    expect(slack.messages(cs)).toEqual([])
    expect(script.requests).toEqual([
      {
        actor: { platform: 'slack', userId: dana.id },
        text: 'acme corp',
        channel: cs.id,
        isPrivate: true,
        canOpenForm: true,
        deliveryId: expect.stringContaining('trigger'),
      },
    ])
  })

  it('acknowledges a command it does not know and leaves the answer to the door', async () => {
    const { slack, script, dana, cs } = bot

    expect((await slack.command(dana, '/other', cs)).status).toBe(200)
    expect(script.requests.map(({ text }) => text)).toEqual([''])
  })

  it('shows a card for the channel to the channel', async () => {
    const { slack, script, dana, cs } = bot
    script.reply = { kind: 'card', card: card('Acme'), audience: 'channel' }

    await slack.command(dana, '/health acme share', cs)

    const shown = await slack.until(() => slack.messages(cs)[0])
    expect(shown.shown).toContain('Acme at length')
    expect(slack.ephemerals(dana)).toEqual([])
  })

  it.each(['a mention', 'a direct message'])('acknowledges %s once it is written down, and no sooner', async way => {
    const { slack, door, dana, cs } = bot
    let written = () => {}
    const isWritten = new Promise<void>(resolve => {
      written = resolve
    })
    let hasKnocked = false
    door.ask = async (_, acknowledge) => {
      hasKnocked = true
      await isWritten
      await acknowledge?.()
      return { kind: 'nothing' }
    }
    let isAcknowledged = false

    const sent = way === 'a mention' ? slack.mention(dana, cs, 'acme') : slack.dm(dana, 'acme')
    const acknowledged = sent.then(() => {
      isAcknowledged = true
    })
    await slack.until(() => hasKnocked)
    await new Promise(resolve => setTimeout(resolve, 100))

    const wasAcknowledged = isAcknowledged
    written()
    await acknowledged

    expect(wasAcknowledged).toBe(false)
  })

  it('answers a mention in its thread, where everybody sees it', async () => {
    const { slack, script, dana, cs } = bot
    script.reply = { kind: 'card', card: card('Acme'), audience: 'channel' }

    const question = await slack.mention(dana, cs, 'acme')
    await slack.until(() => slack.thread(question).length === 1)

    expect(slack.messages(cs)[0]?.threadTs).toBe(question.ts)
    expect(script.requests[0]).toMatchObject({ text: 'acme', isPrivate: false, canOpenForm: false, channel: cs.id })
  })

  it('answers a mention for the caller alone where the answer is for nobody else', async () => {
    const { slack, script, dana, cs } = bot
    script.reply = { kind: 'card', card: card('Refused'), audience: 'caller' }

    await slack.mention(dana, cs, 'pulse acme')
    const shown = await slack.until(() => slack.ephemerals(dana)[0])

    expect(shown.shown).toContain('Refused')
    expect(slack.messages(cs)).toEqual([])
  })

  it('answers in a direct message, in the thread only where the question was in one', async () => {
    const { slack, script, dana } = bot
    script.reply = { kind: 'card', card: card('Acme'), audience: 'caller' }

    const question = await slack.dm(dana, 'acme')
    const first = await slack.until(() => slack.dms(dana)[0])
    await slack.dm(dana, 'globex', { threadTs: question.ts })
    const second = await slack.until(() => slack.dms(dana)[1])

    expect(first.threadTs).toBeUndefined()
    expect(second.threadTs).toBe(question.ts)
    expect(script.requests.map(({ text, isPrivate }) => [text, isPrivate])).toEqual([
      ['acme', true],
      ['globex', true],
    ])
  })

  it('gives a redelivered event the same delivery id', async () => {
    const { slack, script, dana } = bot

    await slack.dm(dana, 'acme')
    await slack.redeliver()
    await slack.until(() => script.requests.length === 2)

    expect(script.requests[0]?.deliveryId).toBe(script.requests[1]?.deliveryId)
  })

  it('does not answer itself, other bots, edits or people who talk without it', async () => {
    const { slack, script, cs, dana } = bot
    const words = { type: 'message', channel: 'D1', channel_type: 'im', ts: '1.1', text: 'hi' }

    await slack.event({ ...words, user: slack.bot.userId })
    await slack.event({ ...words, user: 'U9', bot_id: 'B9' })
    await slack.event({ ...words, subtype: 'message_changed', message: { text: 'hi' } })
    await slack.event({ ...words, user: dana.id, channel: cs.id, channel_type: 'channel' })
    await slack.event({ type: 'app_mention', channel: cs.id, ts: '1.2', text: 'hi', bot_id: 'B9', user: 'U9' })
    await slack.dm(dana, 'acme')
    await slack.until(() => script.requests.length > 0)

    expect(script.requests.map(({ text }) => text)).toEqual(['acme'])
  })

  it('greets people who open the chat with it, and not the person who opens its page', async () => {
    const { slack, script, dana } = bot
    script.reply = { kind: 'card', card: card('Good morning'), audience: 'caller' }
    const opened = { type: 'app_home_opened', user: dana.id, channel: `D${dana.id.slice(1)}` }
    // looking into it opens the conversation
    expect(slack.dms(dana)).toEqual([])

    await slack.event({ ...opened, tab: 'home' })
    await slack.event({ ...opened, tab: 'messages' })
    const shown = await slack.until(() => slack.dms(dana)[0])

    expect(shown.shown).toContain('Good morning')
    expect(script.arrivals).toEqual([
      expect.objectContaining({ channel: opened.channel, isPrivate: true, isInstalled: false }),
    ])
  })

  it('says in the log that the app was removed', async () => {
    const { slack, log } = bot

    await slack.event({ type: 'app_uninstalled' })
    await slack.event({ type: 'tokens_revoked', tokens: { bot: ['U0BOT'] } })

    await slack.until(() => log.lines.filter(line => line.startsWith('slack took the app away')).length === 2)
  })

  it('acknowledges whatever else Slack sends', async () => {
    const { slack, dana } = bot
    const common = { user: { id: dana.id }, team: { id: 'T0TEAM' }, token: 't', trigger_id: '1' }
    const view = { id: 'V1', type: 'modal', callback_id: 'x', state: { values: {} }, blocks: [], private_metadata: '' }
    const link = { type: 'button', url: 'https://acme.example', action_id: 'x', block_id: 'b', action_ts: '1' }

    for (const body of [
      { ...common, type: 'shortcut', callback_id: 'x' },
      { ...common, type: 'view_closed', view },
      { ...common, type: 'block_suggestion', action_id: 'x', block_id: 'b', value: '' },
      { ...common, type: 'block_actions', container: {}, actions: [link] },
      { ...common, type: 'block_actions', container: {}, actions: [{ ...link, url: undefined, type: 'overflow' }] },
    ]) {
      expect((await slack.deliver('interactive', body)).status).toBe(200)
    }
  })

  it('goes on in the thread of its own answer when that is long, at the pace that Slack allows', async () => {
    const { slack, script, dana } = bot
    const items = Array.from({ length: 90 }, (_, n) => ({
      lead: `Account ${n}`,
      text: 'fell below its band',
      note: 'x'.repeat(90),
    }))
    script.reply = { kind: 'card', card: card('All', { parts: [{ kind: 'list', items }] }), audience: 'caller' }
    slack.limitRate()

    await slack.dm(dana, 'all')
    await slack.until(() => slack.dms(dana).length === 3)

    const [first, ...others] = slack.dms(dana)
    expect(first?.threadTs).toBeUndefined()
    expect(others.map(({ threadTs }) => threadTs)).toEqual([first?.ts, first?.ts])
  }, 10_000)
})

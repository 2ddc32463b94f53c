import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Bot, card, startBot } from './bot.ts'

describe('when Slack does not take an answer', () => {
  let bot: Bot
  beforeEach(async () => {
    bot = await startBot('http')
    bot.script.reply = { kind: 'card', card: card('Acme'), audience: 'caller' }
  })
  afterEach(() => bot.stop())

  it('answers the caller, still alone, although the response_url has expired', async () => {
    const { slack, dana, cs } = bot
    slack.fail('response_url', { status: 404 })

    await slack.command(dana, '/health acme', cs)

    expect((await slack.until(() => slack.ephemerals(dana)[0])).shown).toContain('Acme')
    expect(slack.messages(cs)).toEqual([])
  })

  it('goes to the direct message where the bot cannot see the channel', async () => {
    const { slack, dana, cs } = bot
    slack.fail('response_url', { status: 404 })
    cs.takesPosts = false

    await slack.command(dana, '/health acme', cs)

    expect((await slack.until(() => slack.dms(dana)[0])).shown).toContain('Acme')
  })

  it('writes an answer that nobody takes to the log, and lives on', async () => {
    const { slack, log, dana, cs } = bot
    slack.fail('*', { status: 500 }, 3)

    await slack.command(dana, '/health acme', cs)
    await slack.until(() => log.lines.some(line => line.startsWith('slack answer lost')))
    await slack.command(dana, '/health acme', cs)

    expect(await slack.until(() => slack.ephemerals(dana)[0])).toBeDefined()
  })

  it('says that a form did not open because its trigger had expired', async () => {
    const { slack, script, dana, cs } = bot
    script.reply = {
      kind: 'form',
      form: { id: 'snooze', title: 'Snooze', submit: 'Go', state: '', fields: [{ kind: 'text', id: 'a', label: 'A' }] },
    }
    slack.fail('views.open', { error: 'expired_trigger_id' })

    await slack.command(dana, '/health snooze', cs)

    expect((await slack.until(() => slack.ephemerals(dana)[0])).shown).toContain(
      'Slack waits three seconds for it. Try again.',
    )
    expect(slack.modal(dana)).toBeUndefined()
  })

  it('spends four of the five uses of a response_url on a long card, and says that there is more', async () => {
    const { slack, script, dana, cs } = bot
    const items = Array.from({ length: 400 }, (_, n) => ({
      lead: `Account ${n}`,
      text: 'is quite well, thank you for asking',
    }))
    script.reply = { kind: 'card', card: card('All', { parts: [{ kind: 'list', items }] }), audience: 'caller' }

    await slack.command(dana, '/health all', cs)
    await slack.until(() => slack.ephemerals(dana).length === 4)

    expect(slack.ephemerals(dana).at(-1)?.shown).toContain('There is more than fits here.')
    expect(slack.refusals).toEqual([])
  })

  it('keeps secrets and payloads out of the log', async () => {
    const { slack, log, dana, cs } = bot
    slack.fail('*', 'refuse', 3)

    await slack.command(dana, '/health acme', cs)
    await slack.until(() => log.lines.some(line => line.startsWith('slack answer lost')))

    const lines = log.lines.join('\n')
    for (const secret of [slack.tokens.bot, slack.secret]) expect(lines).not.toContain(secret)
  })
})

describe('starting', () => {
  it.each(['http', 'socket'] as const)('fails over %s when Slack refuses the token', async mode => {
    const bot = await startBot(mode)
    bot.slack.fail('auth.test', { error: 'token_revoked' })

    await expect(bot.adapter.start()).rejects.toMatchObject({ fault: 'platform' })

    await bot.stop()
  })

  it('connects again when the web socket breaks', async () => {
    const bot = await startBot('socket')
    const { slack, script, dana } = bot

    slack.breakConnection()
    await slack.until(() => slack.connections() === 2)
    await slack.dm(dana, 'acme')

    await slack.until(() => script.requests.length === 1)
    await bot.stop()
  })

  it('goes on trying when Slack is not there', async () => {
    const bot = await startBot('socket')
    const { slack, script, dana } = bot

    slack.fail('apps.connections.open', { status: 503 }, 2)
    slack.breakConnection()
    await slack.until(() => slack.connections() === 2)
    await slack.dm(dana, 'acme')

    await slack.until(() => script.requests.length === 1)
    await bot.stop()
  }, 15_000)
})

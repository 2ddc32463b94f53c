import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Bot, card, startBot } from './bot.ts'

describe('the fake grows impatient as Slack does', () => {
  let bot: Bot
  beforeEach(async () => {
    bot = await startBot('http')
    bot.script.reply = { kind: 'card', card: card('Acme'), audience: 'caller' }
  })
  afterEach(() => bot.stop())

  it('takes five messages through a response_url, for half an hour', async () => {
    const { slack, dana, cs } = bot
    await slack.command(dana, '/health acme', cs)
    await slack.until(() => slack.ephemerals(dana).length === 1)
    const url = slack.lastResponseUrl()
    const use = async () => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: '{"text":"hi"}',
      })
      return [response.status, await response.text()]
    }

    for (const _ of [2, 3, 4, 5]) expect(await use()).toEqual([200, 'ok'])
    expect(await use()).toEqual([404, 'used_url'])

    await slack.command(dana, '/health acme', cs)
    slack.advance(31 * 60_000)
    expect((await fetch(slack.lastResponseUrl(), { method: 'POST', body: '' })).status).toBe(404)
  })

  it('lets a trigger open one form, within three seconds', async () => {
    const { slack, script, dana, cs } = bot
    script.reply = {
      kind: 'form',
      form: { id: 'snooze', title: 'F', submit: 'Go', state: '', fields: [{ kind: 'text', id: 'a', label: 'A' }] },
    }
    await slack.command(dana, '/health f', cs)
    await slack.until(() => slack.modal(dana))

    await slack.redeliver()

    await slack.until(() => slack.refusals.some(({ answer }) => answer.error === 'expired_trigger_id'))
  })
})

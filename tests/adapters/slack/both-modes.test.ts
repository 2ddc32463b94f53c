import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Form } from '../../../src/views/form.ts'
import { type Bot, card, startBot } from './bot.ts'

const form: Form = {
  id: 'snooze',
  title: 'Snooze Acme',
  submit: 'Snooze',
  state: 'alert:1',
  fields: [
    {
      kind: 'choice',
      id: 'days',
      label: 'How long',
      options: [
        { value: '3', label: '3 days' },
        { value: '7', label: 'A week' },
      ],
    },
    { kind: 'text', id: 'reason', label: 'Why', optional: true },
  ],
}

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
        deliveryId: expect.stringMatching(/./),
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

  it('opens a form, keeps it open with a sentence under a wrong field, and puts the outcome in its place', async () => {
    const { slack, script, dana, cs } = bot
    script.reply = { kind: 'form', form }
    await slack.command(dana, '/health snooze acme', cs)
    const modal = await slack.until(() => slack.modal(dana))

    script.outcome = { kind: 'errors', errors: { reason: 'Say why, please.' } }
    await slack.submit(dana, modal, { days: '7' })
    expect(modal.errors).toEqual({ reason: 'Say why, please.' })
    expect(modal.isOpen).toBe(true)

    script.outcome = { kind: 'card', card: card('Snoozed') }
    await slack.submit(dana, modal, { days: '7', reason: 'On <holiday> & away' })
    expect(modal.shown).toContain('Snoozed at length')
    expect(script.submissions.at(-1)).toEqual({
      actor: { platform: 'slack', userId: dana.id },
      form: 'snooze',
      state: 'alert:1',
      values: { days: '7', reason: 'On <holiday> & away' },
      deliveryId: expect.stringMatching(/./),
    })
    expect(script.submissions[0]?.deliveryId).not.toBe(script.submissions[1]?.deliveryId)
  })

  it('says it is working on it when the outcome takes longer than Slack waits, and shows the outcome later', async () => {
    const { slack, script, dana, cs } = bot
    script.reply = { kind: 'form', form }
    await slack.command(dana, '/health snooze acme', cs)
    const modal = await slack.until(() => slack.modal(dana))
    script.outcome = { kind: 'errors', errors: { days: 'Too long.' } }
    script.delay = 2_700

    const receipt = await slack.submit(dana, modal, { days: '7' })
    expect(receipt.status).toBe(200)
    expect(modal.shown).toContain('Working on it')
    await slack.until(() => modal.shown.includes('Too long.'))
  })

  it('answers a press beside the message, which stays', async () => {
    const { slack, script, adapter, dana, cs } = bot
    const buttons = [{ label: 'Claim', action: 'claim', value: 'alert:1' }]
    await adapter.post(cs.id, card('Acme is at risk', { buttons }))
    const alert = await slack.until(() => slack.messages(cs)[0])
    script.reply = { kind: 'card', card: card('Yours now'), audience: 'caller' }

    await slack.press(dana, alert, 'Claim')
    const said = await slack.until(() => slack.ephemerals(dana)[0])

    expect(said.shown).toContain('Yours now')
    expect(alert.edits).toBe(0)
    expect(script.presses).toEqual([
      {
        actor: { platform: 'slack', userId: dana.id },
        action: 'claim',
        value: 'alert:1',
        channel: cs.id,
        canOpenForm: true,
        deliveryId: expect.stringMatching(/./),
      },
    ])
  })

  it('tells two presses apart, and a repeated delivery not', async () => {
    const { slack, script, adapter, dana, cs } = bot
    await adapter.post(cs.id, card('Acme', { buttons: [{ label: 'Claim', action: 'claim', value: '1' }] }))
    const alert = await slack.until(() => slack.messages(cs)[0])

    await slack.press(dana, alert, 'Claim')
    await slack.redeliver()
    await slack.press(dana, alert, 'Claim')

    const [first, again, second] = script.presses.map(({ deliveryId }) => deliveryId)
    expect(again).toBe(first)
    expect(second).not.toBe(first)
  })

  it('shares with the channel when a press asks for it, and opens a form when that is the answer', async () => {
    const { slack, script, dana, cs } = bot
    const buttons = [{ label: 'Share', action: 'share', value: 'acme' }]
    script.reply = { kind: 'card', card: card('Acme', { buttons }), audience: 'caller' }
    await slack.command(dana, '/health acme', cs)
    const mine = await slack.until(() => slack.ephemerals(dana)[0])

    script.reply = { kind: 'card', card: card('Acme, shared'), audience: 'channel' }
    await slack.press(dana, mine, 'Share')
    expect((await slack.until(() => slack.messages(cs)[0])).shown).toContain('Acme, shared')

    script.reply = { kind: 'form', form }
    await slack.press(dana, mine, { action: 'share', value: 'acme' })
    expect((await slack.until(() => slack.modal(dana))).shown).toContain('Snooze Acme')
  })

  it('shows the answer to a press inside a modal in that modal', async () => {
    const { slack, script, dana, cs } = bot
    script.reply = { kind: 'form', form }
    await slack.command(dana, '/health snooze acme', cs)
    const modal = await slack.until(() => slack.modal(dana))
    script.outcome = {
      kind: 'card',
      card: card('Snoozed', { buttons: [{ label: 'Undo', action: 'undo', value: '1' }] }),
    }
    await slack.submit(dana, modal, { days: '3' })

    script.reply = { kind: 'card', card: card('Undone'), audience: 'caller' }
    await slack.press(dana, modal, 'Undo')

    await slack.until(() => modal.shown.includes('Undone at length'))
  })

  it('answers a mention in its thread, where everybody sees it', async () => {
    const { slack, script, dana, cs } = bot
    script.reply = { kind: 'card', card: card('Acme'), audience: 'caller' }

    const question = await slack.mention(dana, cs, 'acme')
    await slack.until(() => slack.thread(question).length === 1)

    expect(slack.messages(cs)[0]?.threadTs).toBe(question.ts)
    expect(script.requests[0]).toMatchObject({ text: 'acme', isPrivate: false, canOpenForm: false, channel: cs.id })
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
})

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
    const buttons = [{ label: 'Claim', action: 'claim' as const, value: 'alert:1' }]
    await adapter.post({ channel: cs.id }, card('Acme is at risk', { buttons }))
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
        origin: { channel: cs.id, id: expect.stringMatching(/./) },
        canOpenForm: true,
        deliveryId: expect.stringMatching(/./),
      },
    ])
  })

  it('tells two presses apart, and a repeated delivery not', async () => {
    const { slack, script, adapter, dana, cs } = bot
    await adapter.post(
      { channel: cs.id },
      card('Acme', { buttons: [{ label: 'Claim', action: 'claim' as const, value: '1' }] }),
    )
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
    const buttons = [{ label: 'Share', action: 'share' as const, value: 'acme' }]
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
      card: card('Snoozed', { buttons: [{ label: 'Undo', action: 'show', value: '1' }] }),
    }
    await slack.submit(dana, modal, { days: '3' })

    script.reply = { kind: 'card', card: card('Undone'), audience: 'caller' }
    await slack.press(dana, modal, 'Undo')

    await slack.until(() => modal.shown.includes('Undone at length'))
  })

  it('answers a press where the person looks: in the thread, or in the channel above one', async () => {
    const { slack, script, adapter, dana, cs } = bot
    const buttons = [{ label: 'Claim', action: 'claim' as const, value: '1' }]
    const root = await adapter.post({ channel: cs.id }, card('Acme', { buttons }))
    await adapter.post({ channel: cs.id }, card('More', { buttons }), { thread: root.id })
    const [above, below] = slack.messages(cs)
    if (above === undefined || below === undefined) throw new Error('Two messages should stand there')
    script.reply = { kind: 'card', card: card('Yours now'), audience: 'caller' }

    await slack.press(dana, above, 'Claim')
    await slack.until(() => slack.ephemerals(dana).length === 1)
    await slack.press(dana, below, 'Claim')
    await slack.until(() => slack.ephemerals(dana).length === 2)

    expect(slack.ephemerals(dana).map(({ threadTs }) => threadTs)).toEqual([undefined, root.id])
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Card } from '../../../src/views/card.ts'
import type { Form } from '../../../src/views/form.ts'
import { type Bot, card, startBot } from './bot.ts'

const page: Card = card('Mine today', {
  shows: 'home',
  buttons: [{ label: 'Claim', action: 'claim', value: 'a1' }],
})

const form: Form = {
  id: 'snooze',
  title: 'Snooze Acme',
  submit: 'Snooze',
  state: 'alert:1',
  fields: [{ kind: 'text', id: 'reason', label: 'Why', optional: true }],
}

describe.each(['http', 'socket'] as const)('App Home over %s', mode => {
  let bot: Bot
  beforeEach(async () => {
    bot = await startBot(mode)
    bot.script.page = page
  })
  afterEach(() => bot.stop())

  const opened = async () => {
    await bot.slack.openHome(bot.dana)
    return bot.slack.until(() => bot.slack.home(bot.dana))
  }

  it('shows what the door says of the one who opens it, and greets nobody', async () => {
    const home = await opened()

    expect(home.shown).toContain('Mine today at length')
    expect(bot.script.homes).toEqual([{ platform: 'slack', userId: bot.dana.id }])
    expect(bot.script.arrivals).toEqual([])
    expect(bot.slack.refusals).toEqual([])
  })

  it('shows a new state in its own place after a press', async () => {
    const { slack, script, dana } = bot
    const home = await opened()
    script.reply = { kind: 'card', card: card('Claimed by you', { shows: 'home' }), audience: 'caller', replaces: true }

    await slack.press(dana, home, 'Claim')

    await slack.until(() => slack.home(dana)?.shown.includes('Claimed by you'))
    expect(script.presses).toMatchObject([{ action: 'claim', isOnOwnMessage: true, isPrivate: true, shows: 'home' }])
    expect([slack.modal(dana), slack.dms(dana), slack.ephemerals(dana)]).toEqual([undefined, [], []])
  })

  it('shows any other answer in a window above it', async () => {
    const { slack, script, dana } = bot
    const home = await opened()
    script.reply = { kind: 'card', card: card('Acme'), audience: 'caller' }

    await slack.press(dana, home, 'Claim')

    expect((await slack.until(() => slack.modal(dana))).shown).toContain('Acme at length')
    expect(slack.home(dana)?.shown).toContain('Mine today at length')
  })

  it('writes to the person when the answer comes too late for a window', async () => {
    const { slack, script, dana } = bot
    const home = await opened()
    script.reply = { kind: 'card', card: card('Acme'), audience: 'caller' }
    slack.fail('views.open', { error: 'expired_trigger_id' })

    await slack.press(dana, home, 'Claim')

    expect((await slack.until(() => slack.dms(dana).at(-1))).shown).toContain('Acme at length')
  })

  it('closes a form that was opened from it, and shows what came of it', async () => {
    const { slack, script, dana } = bot
    const home = await opened()
    script.reply = { kind: 'form', form }
    await slack.press(dana, home, 'Claim')
    const modal = await slack.until(() => slack.modal(dana))
    script.outcome = { kind: 'card', card: card('Snoozed'), replaces: true }

    await slack.submit(dana, modal, { reason: 'Later' })

    await slack.until(() => slack.home(dana)?.shown.includes('Snoozed at length'))
    expect(modal.isOpen).toBe(false)
    expect(script.submissions).toMatchObject([{ state: 'alert:1', isFromOwnMessage: true, shows: 'home' }])
  })

  it('is drawn anew by the adapter, however much it says', async () => {
    const { slack, adapter, dana } = bot
    const item = { text: 'x'.repeat(500), button: { label: 'Look', action: 'show', value: 'a' } } as const

    await adapter.showHome?.(dana.id, card('News', { parts: [{ kind: 'list', items: Array(150).fill(item) }] }))

    expect(slack.home(dana)?.shown).toContain('There is more than fits here.')
    expect(slack.refusals).toEqual([])
  })

  it('says in the log that the tab is off', async () => {
    const { slack, log, dana } = bot
    slack.fail('views.publish', { error: 'not_enabled' })

    await slack.openHome(dana)

    await slack.until(() => log.lines.some(line => line.startsWith('slack home not shown')))
  })
})

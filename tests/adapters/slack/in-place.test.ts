import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Form } from '../../../src/views/form.ts'
import type { Message } from '../../support/fake-slack/index.ts'
import { type Bot, card, startBot } from './bot.ts'

const HALF_AN_HOUR = 30 * 60_000

const list = card('Yours', {
  shows: 'alerts mine',
  buttons: [{ label: 'Claim', action: 'claim', value: 'a1' }],
  menu: [{ label: 'Snooze for a day', action: 'snooze', value: 'a1' }],
})
const after = card('Claimed', { shows: 'alerts mine' })

const form: Form = {
  id: 'snooze',
  title: 'Snooze',
  submit: 'Snooze',
  state: 'alert:1',
  fields: [{ kind: 'text', id: 'reason', label: 'Why', optional: true }],
}

let bot: Bot
beforeEach(async () => {
  bot = await startBot('http')
  bot.script.reply = { kind: 'card', card: list, audience: 'caller' }
})
afterEach(() => bot.stop())

async function whispered(): Promise<Message> {
  await bot.slack.command(bot.dana, '/health alerts mine', bot.cs)
  return bot.slack.until(() => bot.slack.ephemerals(bot.dana)[0])
}

async function written(): Promise<Message> {
  await bot.slack.dm(bot.dana, 'alerts mine')
  return bot.slack.until(() => bot.slack.dms(bot.dana)[0])
}

const everything = () => [...bot.slack.ephemerals(bot.dana), ...bot.slack.dms(bot.dana)]

describe.each([
  ['a message that one person sees', whispered],
  ['a direct message', written],
])('%s', (_, show) => {
  it('shows its own new state after a press, and nothing else is said', async () => {
    const { slack, script, dana } = bot
    const message = await show()
    script.reply = { kind: 'card', card: after, audience: 'caller', isResult: true, replaces: true }

    await slack.press(dana, message, 'Claim')

    await slack.until(() => message.shown.includes('Claimed at length'))
    expect(everything()).toEqual([message])
    expect(script.presses).toMatchObject([{ action: 'claim', isOnOwnMessage: true, shows: 'alerts mine' }])
  })

  it('shows what came of a form also where that took longer than Slack waits', async () => {
    const { slack, script, dana } = bot
    const message = await show()
    script.reply = { kind: 'form', form }
    await slack.press(dana, message, 'Claim')
    const modal = await slack.until(() => slack.modal(dana))
    script.outcome = { kind: 'card', card: after, isResult: true, replaces: true }
    script.delay = 2_700

    await slack.submit(dana, modal, { reason: 'Later' })

    await slack.until(() => message.shown.includes('Claimed at length'))
    await slack.until(() => modal.shown.includes('Done. The message that you came from shows it.'))
  })

  it('takes what is chosen from its menu for a press', async () => {
    const { slack, script, dana } = bot
    const message = await show()
    script.reply = { kind: 'card', card: after, audience: 'caller', isResult: true, replaces: true }

    await slack.press(dana, message, 'Snooze for a day')

    await slack.until(() => message.shown.includes('Claimed at length'))
    expect(script.presses).toMatchObject([{ action: 'snooze', value: 'a1', shows: 'alerts mine' }])
  })

  it('shows what came of a form that was opened from it, and the form closes', async () => {
    const { slack, script, dana } = bot
    const message = await show()
    script.reply = { kind: 'form', form }
    await slack.press(dana, message, 'Claim')
    const modal = await slack.until(() => slack.modal(dana))
    script.outcome = { kind: 'card', card: after, isResult: true, replaces: true }

    await slack.submit(dana, modal, { reason: 'Later' })

    await slack.until(() => message.shown.includes('Claimed at length'))
    expect(modal.isOpen).toBe(false)
    expect(everything()).toEqual([message])
    expect(script.submissions).toMatchObject([{ state: 'alert:1', isFromOwnMessage: true, shows: 'alerts mine' }])
  })

  it('is answered all the same when its address has expired', async () => {
    const { slack, script, dana } = bot
    const message = await show()
    bot.door.press = async () => {
      slack.advance(HALF_AN_HOUR + 1)
      return { kind: 'card', card: after, audience: 'caller', replaces: true }
    }

    await slack.press(dana, message, 'Claim')

    await slack.until(() => everything().some(({ shown }) => shown.includes('Claimed at length')))
    expect(script.presses).toEqual([])
  })
})

it('writes to the person when the message is gone that a form was opened from', async () => {
  const { slack, script, dana } = bot
  const message = await written()
  script.reply = { kind: 'form', form }
  await slack.press(dana, message, 'Claim')
  const modal = await slack.until(() => slack.modal(dana))
  script.outcome = { kind: 'card', card: after, replaces: true }
  slack.fail('chat.update', { error: 'message_not_found' })

  await slack.submit(dana, modal, { reason: 'Later' })

  const answer = await slack.until(() => slack.dms(dana)[1])
  expect(answer.shown).toContain('Claimed at length')
})

it('writes to the person when the address has expired under a form', async () => {
  const { slack, script, dana } = bot
  const message = await whispered()
  script.reply = { kind: 'form', form }
  await slack.press(dana, message, 'Claim')
  const modal = await slack.until(() => slack.modal(dana))
  script.outcome = { kind: 'card', card: after, replaces: true }
  slack.advance(HALF_AN_HOUR + 1)

  await slack.submit(dana, modal, { reason: 'Later' })

  expect((await slack.until(() => slack.dms(dana)[0])).shown).toContain('Claimed at length')
})

it('leaves a message that everybody sees to its own new state', async () => {
  const { slack, script, dana, cs, adapter } = bot
  await adapter.post({ channel: cs.id }, list)
  const [message] = slack.messages(cs)
  if (message === undefined) throw new Error('nothing was posted')
  const changed = card('Dana has it')
  script.reply = { kind: 'card', card: after, audience: 'caller', isResult: true, changed } as never

  await slack.press(dana, message, 'Claim')

  await slack.until(() => message.shown.includes('Dana has it at length'))
  expect(script.presses.map(({ isOnOwnMessage }) => isOnOwnMessage)).toEqual([undefined])
  expect(slack.ephemerals(dana)).toEqual([])
})

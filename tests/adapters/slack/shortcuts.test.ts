import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Form } from '../../../src/views/form.ts'
import { type Bot, card, startBot } from './bot.ts'

const form: Form = {
  id: 'comment',
  title: 'Add to timeline',
  submit: 'Add',
  state: 'C1:1',
  fields: [{ kind: 'account', id: 'account', label: 'Account' }],
}

describe.each(['http', 'socket'] as const)('over %s', mode => {
  let bot: Bot
  beforeEach(async () => {
    bot = await startBot(mode)
  })
  afterEach(() => bot.stop())

  it('passes on the message that was chosen, as it was typed, with a way back', async () => {
    const { slack, script, dana, cs } = bot
    const victor = slack.addUser('Victor')
    const root = await slack.write(victor, cs, 'Hello')
    const message = await slack.write(victor, cs, 'They <might> leave & soon', { threadTs: root.ts })
    script.reply = { kind: 'form', form }

    await slack.shortcut(dana, message, 'add_to_timeline')
    await slack.until(() => slack.modal(dana))

    expect(script.shortcuts).toEqual([
      {
        actor: { platform: 'slack', userId: dana.id },
        name: 'add_to_timeline',
        text: 'They <might> leave & soon',
        writer: victor.id,
        writtenAt: Math.floor(Number(message.ts) * 1_000),
        message: { channel: cs.id, id: message.ts },
        link: `https://fake.slack.com/archives/${cs.id}/p${message.ts.replace('.', '')}?thread_ts=${root.ts}&cid=${cs.id}`,
        canOpenForm: true,
        deliveryId: expect.stringMatching(/./),
      },
    ])
  })

  it('answers the one who chose where nothing can be opened', async () => {
    const { slack, script, dana, cs } = bot
    script.reply = { kind: 'card', card: card('You may not'), audience: 'caller' }

    await slack.shortcut(dana, await slack.write(dana, cs, 'Hello'), 'add_to_timeline')

    expect((await slack.until(() => slack.ephemerals(dana)[0])).shown).toContain('You may not')
  })

  it('offers what the letters may mean, a hundred at most, none that Slack would refuse, and takes the chosen one', async () => {
    const { slack, script, dana, cs } = bot
    script.reply = { kind: 'form', form }
    await slack.shortcut(dana, await slack.write(dana, cs, 'Hello'), 'add_to_timeline')
    const modal = await slack.until(() => slack.modal(dana))
    const many = Array.from({ length: 130 }, (_, n) => ({
      value: `a${n}`,
      label: `Account ${n} <&> ${'x'.repeat(90)}`,
    }))
    script.options = [{ value: 'v'.repeat(151), label: 'Too long an id' }, ...many]

    const offered = await slack.type(dana, modal, 'account', 'ac')
    script.outcome = { kind: 'card', card: card('Added') }
    await slack.submit(dana, modal, { account: 'a3' })

    expect(Object.keys(offered)).toHaveLength(100)
    expect(offered.a0).toContain('Account 0 <&>')
    expect(script.queries).toEqual([{ actor: { platform: 'slack', userId: dana.id }, kind: 'account', text: 'ac' }])
    expect(script.submissions.at(-1)?.values).toEqual({ account: 'a3' })
  })

  it('offers nothing rather than answer too late', async () => {
    const { slack, script, dana, cs } = bot
    script.reply = { kind: 'form', form }
    await slack.shortcut(dana, await slack.write(dana, cs, 'Hello'), 'add_to_timeline')
    const modal = await slack.until(() => slack.modal(dana))
    script.options = [{ value: 'acme', label: 'Acme' }]
    script.delay = 4_000

    expect(await slack.type(dana, modal, 'account', 'ac')).toEqual({})
  })
})

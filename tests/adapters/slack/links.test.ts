import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Bot, card, startBot } from './bot.ts'

describe.each(['http', 'socket'] as const)('over %s', mode => {
  let bot: Bot
  beforeEach(async () => {
    bot = await startBot(mode)
  })
  afterEach(() => bot.stop())

  it('passes on the links of a message as they were typed, and shows cards beside those that get one', async () => {
    const { slack, script, dana, cs } = bot
    const [acme, other] = ['https://crm.example/show?tab=1&account=acme', 'https://crm.example/other']
    script.unfurls = [{ link: acme, card: card('Acme', { buttons: [{ label: 'Why', action: 'why', value: 'acme' }] }) }]

    const message = await slack.shareLinks(dana, cs, `${acme} and ${other}`)
    await slack.until(() => message.unfurls.size > 0)

    expect(script.shared).toEqual([
      {
        actor: { platform: 'slack', userId: dana.id },
        channel: cs.id,
        links: [acme, other],
        message: { channel: cs.id, id: message.ts },
        deliveryId: expect.stringMatching(/^Ev/),
      },
    ])
    expect([...message.unfurls.values()].map(({ shown }) => shown)).toEqual([expect.stringContaining('Acme at length')])
    expect(slack.refusals).toEqual([])
  })

  it('says that people from outside read along where Slack does', async () => {
    const { slack, script, dana, cs } = bot
    cs.isExtShared = true

    await slack.shareLinks(dana, cs, 'https://crm.example/acme')
    await slack.until(() => script.shared.length > 0)

    expect(script.shared[0]).toMatchObject({ isShared: true })
  })
})

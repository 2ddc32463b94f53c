import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Bot, card, startBot } from './bot.ts'

const HOSTILE = '<!channel> <@U1> *x* _y_ @here &lt;!here&gt; :x:\n> z'

describe('posting', () => {
  let bot: Bot
  beforeEach(async () => {
    bot = await startBot('http')
  })
  afterEach(() => bot.stop())

  it('says where the message stands, so that it can be changed and answered there', async () => {
    const { slack, adapter, cs } = bot

    const ref = await adapter.post({ channel: cs.id }, card('Acme'))
    await adapter.post({ channel: cs.id }, card('More'), { thread: ref.id })
    await adapter.update(ref, card('Acme, claimed by Dana'))

    const [message, reply] = slack.messages(cs)
    expect(ref).toEqual({ channel: cs.id, id: message?.ts })
    expect(message).toMatchObject({ edits: 1, shown: 'Acme, claimed by Dana\nAcme, claimed by Dana at length' })
    expect(reply?.threadTs).toBe(ref.id)
  })

  it('reaches a person by user id and by e-mail', async () => {
    const { slack, adapter, dana } = bot

    const ref = await adapter.post({ channel: dana.id }, card('One'))
    await adapter.post({ person: dana.email ?? '' }, card('Two'))

    expect(slack.dms(dana).map(({ text }) => text)).toEqual(['One in short', 'Two in short'])
    expect(ref.channel).toBe(slack.dms(dana)[0]?.channel)
    await expect(adapter.post({ person: 'nobody@ours.example' }, card('Three'))).rejects.toMatchObject({
      fault: 'destination',
    })
  })

  it('reaches a person by the id of the people file, whatever their address in Slack is', async () => {
    const { slack, adapter, userIds } = bot
    const frank = slack.addUser('Frank', 'f.mueller@corp.example')
    userIds.set('frank@ours.example', frank.id)

    await adapter.post({ person: 'frank@ours.example' }, card('One'))

    expect(slack.dms(frank).map(({ text }) => text)).toEqual(['One in short'])
    await expect(adapter.probe({ person: 'frank@ours.example' })).resolves.toBeUndefined()
    expect(slack.calls.filter(({ method }) => method === 'users.lookupByEmail')).toEqual([])
  })

  it('finds out without a word whether a channel or a person can be reached', async () => {
    const { slack, adapter, cs, dana } = bot
    const archived = slack.addChannel('old')
    archived.isArchived = true
    const closed = slack.addChannel('secret')
    closed.takesPosts = false

    const open = [{ channel: cs.id }, { channel: dana.id }, { person: dana.email ?? '' }]
    for (const to of open) await expect(adapter.probe(to)).resolves.toBeUndefined()
    const ids = [archived.id, closed.id, 'C0NOWHERE', 'U0NOBODY']
    for (const to of [...ids.map(channel => ({ channel })), { person: 'nobody@ours.example' }])
      await expect(adapter.probe(to)).rejects.toMatchObject({ fault: 'destination' })

    expect(slack.messages(cs)).toEqual([])
  })

  it('sends the text alone when it is asked to', async () => {
    const { slack, adapter, cs } = bot
    const items = [{ lead: 'Logins', text: 'down', note: 'since May' }]

    await adapter.post({ channel: cs.id }, card('Acme', { parts: [{ kind: 'list', heading: 'Why', items }] }), {
      plain: true,
    })

    expect(slack.messages(cs)[0]).toMatchObject({
      blocks: [],
      shown: '*Acme*\nAcme in short\n*Why*\n• Logins – down – since May',
    })
  })

  it('pages nobody and follows no link, whatever an account is called', async () => {
    const { slack, adapter, cs } = bot
    const item = { lead: HOSTILE, text: HOSTILE, note: HOSTILE }
    const hostile = card(HOSTILE, {
      summary: HOSTILE,
      badge: { text: HOSTILE, tone: 'bad' },
      parts: [
        { kind: 'text', text: HOSTILE },
        { kind: 'facts', facts: [{ label: HOSTILE, value: HOSTILE }] },
        {
          kind: 'list',
          heading: HOSTILE,
          items: [item, { ...item, button: { label: HOSTILE, action: 'show', value: 'v' } }],
        },
      ],
    })

    const ref = await adapter.post({ channel: cs.id }, hostile)
    await adapter.post({ channel: cs.id }, hostile, { plain: true })
    await adapter.update(ref, hostile)

    expect(slack.paged).toEqual([])
    expect(slack.refusals).toEqual([])
    const sent = slack.calls.filter(({ method }) => method === 'chat.postMessage').map(({ args }) => args)
    for (const args of sent) {
      expect(args).toMatchObject({ parse: 'none', link_names: 'false', unfurl_links: 'false', unfurl_media: 'false' })
    }
  })

  it('knows who a user is, and nothing of a stranger', async () => {
    const { adapter, dana, slack } = bot

    expect(await adapter.profile(dana.id)).toEqual({
      email: 'dana@ours.example',
      name: 'Dana',
      standing: 'member',
    })
    expect(await adapter.profile('U404')).toEqual({ standing: 'outsider' })
    slack.fail('users.info', { status: 503 })
    await expect(adapter.profile(dana.id)).rejects.toMatchObject({ fault: 'unknown' })
  })
})

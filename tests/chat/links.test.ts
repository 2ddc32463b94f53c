import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unhandledArrivals } from '../../src/store/delivery/handled-requests.ts'
import { createAlertWorld } from '../support/alert-world.ts'
import type { FakeSlack, Channel as Room, User } from '../support/fake-slack/index.ts'
import { SMALL_MODEL, signalsOf } from '../support/small-model.ts'
import { createWorld, type World } from '../support/world.ts'

/** Links to accounts in the CRM, shared in Slack. */
let world: World
let slack: FakeSlack
let dana: User
let room: Room

const ROUTES = `
crm_links:
  - "https://app.hubspot.com/contacts/*/company/{id}"
  - "https://*.lightning.force.com/lightning/r/Account/{salesforce_id}/view"
`
const linkTo = (id: string) => `https://app.hubspot.com/contacts/1/company/${id}`

beforeEach(async () => {
  world = await createWorld({ now: '2026-11-02T08:00', files: { 'model.yaml': SMALL_MODEL, 'routes.yaml': ROUTES } })
  slack = world.slack
  dana = slack.addUser('Dana')
  room = slack.addChannel('cs')
  const accounts = [...'abcdefg'].map(id => ({ id, name: `Account ${id}` }))
  await world.has({
    people: [{ email: 'dana@ours.example', name: 'Dana', role: 'csm' }],
    accounts: [
      { id: 'acme', name: 'Acme <!channel>', arr: '240000', owner: 'dana@ours.example', salesforce_id: '0015i00Ab' },
      { id: 'twin', name: 'Twin', salesforce_id: '0015i00Tw' },
      { id: 'twin-2', name: 'Twin', salesforce_id: '0015I00TW' },
      ...accounts,
    ],
    signals: signalsOf('acme', 36, '2026-11-01'),
  })
  await world.start()
})
afterEach(() => world.close())

/** What stands beside the links of a message once everything that came in before is done. */
const unfolded = async (text: string, user = dana, channel = room) => {
  const message = await slack.shareLinks(user, channel, text)
  const { db } = world.connection
  const waiting = db.selectFrom('handled_deliveries').select('kind').where('request', 'is not', null)
  await slack.until(async () => (await waiting.execute()).length === 0)
  // What it sends then goes out before the answer to a question that comes later.
  const before = slack.messages(channel).length
  await slack.mention(dana, channel, 'help')
  await slack.until(() => slack.messages(channel).at(before) ?? slack.ephemerals(dana).at(0))
  return message
}

describe('a link to an account', () => {
  it('shows what it is now, why and what next, with its buttons, as everybody may see it', async () => {
    const { unfurls } = await unfolded(`Look at ${linkTo('acme')} please`)

    const { shown = '' } = unfurls.get(linkTo('acme')) ?? {}
    expect(shown).toContain('Acme <!channel>')
    expect(shown).toContain('94 · Healthy')
    expect(shown).toContain('Submit pulse')
    expect(shown).not.toContain('240')
    expect(slack.paged).toEqual([])
    expect(slack.refusals).toEqual([])
  })

  it('is found by an attribute, whatever its capitals, where one account has it', async () => {
    const link = (id: string) => `https://ours.lightning.force.com/lightning/r/Account/${id}/view`
    const { unfurls } = await unfolded(`${link('0015I00AB')} ${link('0015i00Tw')}`)

    expect([...unfurls.keys()]).toEqual([link('0015I00AB')])
  })

  it('is answered once, however often Slack delivers it', async () => {
    await unfolded(linkTo('acme'))
    const message = await slack.shareLinks(dana, room, linkTo('acme'))
    await slack.until(() => message.unfurls.size > 0)
    await slack.redeliver(1)
    await slack.redeliver(2)

    expect(slack.tried('chat.unfurl')).toBe(2)
    expect(await unhandledArrivals(world.connection.db, 'another')).toEqual([])
  })

  it('among fifty unfolds for the first five accounts, each once', async () => {
    const links = Array.from({ length: 50 }, (_, at) => linkTo([...'aabcdefg'][at] ?? `unknown-${at}`))
    const { unfurls } = await unfolded([...links.slice(0, 8), ...links.slice(8)].join(' '))

    expect([...unfurls.keys()]).toEqual([...'abcde'].map(linkTo))
  })

  it.each([
    ['unknown', linkTo('nobody')],
    ['of 5,000 characters', linkTo('acme'.repeat(1_250))],
    ['with an encoded slash', linkTo('..%2Facme')],
    ['with two ids', `${linkTo('acme')}/company/a`],
    ['torn', linkTo('%E0%A4')],
  ])('that is %s stays a plain link, and nobody is told of an error', async (_, link) => {
    const { unfurls } = await unfolded(link)

    expect(unfurls.size).toBe(0)
    expect(slack.tried('chat.unfurl')).toBe(0)
    expect(slack.ephemerals(dana)).toEqual([])
  })

  it('stays plain where people from outside read along, for guests, and while it is still being written', async () => {
    const shared = slack.addChannel('shared-acme')
    shared.isExtShared = true
    const guest = slack.addUser('Guest', 'guest@theirs.example', { isRestricted: true })
    const hidden = slack.addChannel('hidden')
    slack.fail('conversations.info', { error: 'channel_not_found' })

    await slack.shareLinks(dana, hidden, linkTo('acme'))
    await slack.shareLinks(dana, shared, linkTo('acme'))
    await slack.shareLinks(dana, room, linkTo('acme'), 'composer')
    await unfolded(linkTo('acme'), guest)

    expect(slack.tried('chat.unfurl')).toBe(0)
  })

  it('that Slack refuses to unfold leaves nobody waiting', async () => {
    slack.fail('chat.unfurl', { error: 'cannot_unfurl_url' })
    const first = await unfolded(linkTo('acme'))
    const second = await unfolded(linkTo('acme'))

    expect([first.unfurls.size, second.unfurls.size]).toEqual([0, 1])
  })

  it('that came in before a restart unfolds after it', async () => {
    const message = await slack.write(dana, room, linkTo('acme'))
    const request = {
      actor: { platform: 'slack', userId: dana.id },
      channel: room.id,
      links: [linkTo('acme')],
      message: { channel: room.id, id: message.ts },
      deliveryId: 'Ev-cut',
    }
    const row = { delivery: 'Ev-cut', at: world.now, kind: 'links', request: JSON.stringify(request), tries: 0 }
    await world.connection.db.insertInto('handled_deliveries').values(row).execute()
    await world.stop()
    await world.start()

    await slack.until(() => message.unfurls.size > 0)
    expect(message.unfurls.get(linkTo('acme'))?.shown).toContain('94 · Healthy')
  })
})

it('answers a press on the card beside a link, and shows there what came of it', async () => {
  const fallen = await createAlertWorld({ routes: () => ROUTES })
  await fallen.fall('acme', '2026-11-01')
  await fallen.live('2026-11-02T06:00:05')
  const link = linkTo('acme')
  const message = await fallen.slack.shareLinks(fallen.dana, fallen.room, link)
  await fallen.slack.until(() => message.unfurls.get(link)?.shown.includes('nobody yet'))

  await fallen.slack.pressUnfurl(fallen.dana, message, link, 'Claim')

  await fallen.slack.until(() => message.unfurls.get(link)?.shown.includes('(Dana)'))
  const alerts = await fallen.connection.db.selectFrom('alerts').select('claimed_by').execute()
  expect(alerts.map(({ claimed_by: by }) => by)).toContain('dana@ours.example')
  expect(fallen.slack.refusals).toEqual([])
  await fallen.close()
})

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Channel, User } from '../support/fake-slack/index.ts'
import { askAlone, smallCompany } from '../support/small-company.ts'
import { MORNING_DIGEST } from '../support/small-model.ts'
import type { World } from '../support/world.ts'

let world: World
let room: Channel
let boss: User
let dana: User

beforeEach(async () => {
  ;({ world, boss, dana, room } = await smallCompany())
  world.writeSettings({ 'digests.yaml': MORNING_DIGEST(room.id) })
  await world.start()
})

afterEach(() => world.close())

const answerTo = async (user: User, words: string) => {
  return askAlone(world.slack, user, words, room)
}

const created = async (values: Record<string, string | readonly string[]>) => {
  await world.slack.command(boss, '/health digest create weekly', room)
  const form = await world.slack.until(() => world.slack.modal(boss))
  const written = { name: 'weekly', days: ['mon'], time: '08:00', time_zone: 'Europe/Berlin', to: room.id }
  await world.slack.submit(boss, form, { ...written, kind: 'portfolio', arr: 'no', ...values })
  return form
}

const managed = () => world.connection.db.selectFrom('managed_digests').selectAll().execute()

it('previews for the caller alone, and records nothing', async () => {
  expect(await answerTo(dana, '/health digest now morning')).toContain('Preview')

  expect(await world.connection.db.selectFrom('digest_runs').selectAll().execute()).toEqual([])
  expect(world.slack.messages(room)).toEqual([])
})

it('makes a digest from a form, audited, and previews the portfolio', async () => {
  await created({})

  await vi.waitFor(async () => expect(await managed()).toHaveLength(1), { timeout: 20_000 })
  const audit = await world.connection.db.selectFrom('audit').select('act').execute()
  expect(audit).toEqual([{ act: 'digest.create' }])
  expect(await answerTo(boss, '/health digest')).toContain('weekly')
  const { db } = world.connection
  await vi.waitFor(
    async () => expect(await db.selectFrom('current_status').select('account').execute()).toHaveLength(1),
    {
      timeout: 20_000,
    },
  )
  const preview = await answerTo(dana, '/health digest now weekly')
  expect(preview).toContain('Mean score')
  expect(preview).toContain('Accounts without an owner (1)')
})

it.each([
  ['a time zone that does not exist', { time_zone: 'Europe/Atlantis' }, 'not a valid time zone'],
  ['a platform that is not connected', { to: 'teams:19:abc@thread.tacv2' }, 'teams is not connected'],
  [
    'a channel that is not there',
    { to: 'C0NOWHERE' },
    'I cannot post to that channel. Say /invite @Rounds in that channel.',
  ],
  ['a person who is not there', { to: 'slack:@nobody@ours.example' }, 'I cannot find nobody@ours.example'],
  ['a name that is taken', { name: 'morning' }, '/health digest edit morning changes it'],
  ['a name that cannot be one', { name: 'my digest' }, 'letters, digits'],
])('refuses %s beside its field', async (_, values, words) => {
  const form = await created(values)

  expect(JSON.stringify(form.errors)).toContain(words)
  expect(await managed()).toEqual([])
})

it('refuses an archived channel, and one that the bot is not in', async () => {
  const [old, secret] = [world.slack.addChannel('old'), world.slack.addChannel('secret')]
  old.isArchived = true
  secret.takesPosts = false

  const form = await created({ to: old.id })
  expect(form.errors.to).toBe('I cannot post to #old. Unarchive the channel. Or choose another channel.')
  await world.slack.submit(boss, form, { to: secret.id })
  expect(form.errors.to).toContain('Say /invite @Rounds')
  expect(await managed()).toEqual([])
})

it('keeps a digest whose channel cannot be looked at now, and says so', async () => {
  await world.tick()
  world.slack.fail('conversations.info', { error: 'missing_scope' })

  const form = await created({})

  expect(form.shown).toContain('I could not check whether I can post there')
  expect(await managed()).toHaveLength(1)
})

it('begins a new one with the time zone of who makes it, and the channel it was asked for in', async () => {
  await world.has({ people: [{ email: 'boss@ours.example', name: 'Boss', role: 'admin', time_zone: 'Asia/Tokyo' }] })

  await world.slack.command(boss, '/health digest create weekly', room)

  const form = await world.slack.until(() => world.slack.modal(boss))
  expect(JSON.stringify(form.view)).toContain('Asia/Tokyo')
  expect(JSON.stringify(form.view)).toContain(`"initial_conversation":"${room.id}"`)
})

it('previews the digest of the channel in which it is asked for, else asks which', async () => {
  const other = world.slack.addChannel('other')
  expect(await answerTo(dana, '/health digest now')).toContain('What morning would send')
  await created({ to: other.id })
  await world.slack.until(async () => (await managed()).length === 1)

  expect(await answerTo(dana, '/health digest now')).toContain('What morning would send')
  await world.slack.command(dana, '/health digest now', world.slack.addChannel('third'))
  const asked = await world.slack.until(() => world.slack.ephemerals(dana)[2])
  expect(asked.shown).toContain('Which digest?')
  expect(asked.shown).toContain('There are morning, weekly.')
})

it('names the role that may change one', async () => {
  expect(await answerTo(dana, '/health digest pause morning')).toContain('you need the role admin; you are a csm.')
  expect(await managed()).toEqual([])
})

it('says what it will do, with how many accounts it watches', async () => {
  const form = await created({ days: ['mon', 'tue', 'wed', 'thu', 'fri'], time: '08:30' })

  expect(form.shown).toContain('weekly: Mondays to Fridays at 08:30 Europe/Berlin, to this channel, about 1 account.')
  expect(await answerTo(boss, '/health digest')).toContain('Mondays to Fridays at 08:30 Europe/Berlin')
})

it('offers the segments that there are, and refuses one that would watch nobody', async () => {
  await world.has({ accounts: [{ id: 'globex', name: 'Globex', segment: 'Enterprise' }] })
  const form = await created({ segments: ['Enterprise'] })
  expect(form.shown).toContain('about 1 account in Enterprise')

  world.passTo('2026-11-02T09:00')
  await world.has({ accounts: [{ id: 'globex', name: 'Globex', segment: 'Mid' }] })
  await world.slack.command(boss, '/health digest edit weekly', room)
  const edit = await world.slack.until(() => {
    const modal = world.slack.modal(boss)
    return modal !== form && modal?.view.callback_id === 'digest' && modal
  })
  await world.slack.submit(boss, edit, {})

  expect(edit.errors.segments).toBe('No account is in "Enterprise". There are "Mid".')
})
